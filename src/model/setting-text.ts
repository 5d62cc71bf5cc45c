/** The forms that text has by its Exchange type, for parameters that no other form fits. */
import { parseIpAddress } from '../mail/ip-address.ts';
import { parseIpRange } from '../mail/ip-range.ts';
import { parseMailAddress } from '../mail/mail-address.ts';
import { parseDomainPattern, parseSmtpDomain } from '../mail/smtp-domain.ts';

/** What the text of one Exchange type looks like. */
export interface TextForm {
  /** With its article, as in "is no …". */
  readonly noun: string;
  readonly example: string;
  readonly holds: (text: string) => boolean;
}

const domain: TextForm = {
  noun: 'domain',
  example: 'contoso.com',
  holds: (text) => parseSmtpDomain(text) !== undefined,
};

const capabilities = /^(NO-TLS|[^:]+):\w+(, ?\w+)*$/i;

/** Source: EXCH Set-ReceiveConnector, EXCH Set-SendConnector, EXCH Set-TransportConfig. */
const forms: ReadonlyMap<string, TextForm> = new Map([
  ['Fqdn', { ...domain, noun: 'host name', example: 'mail.contoso.com' }],
  ['SmtpDomain', domain],
  [
    'SmtpDomainWithSubdomains',
    {
      ...domain,
      example: '*.contoso.com',
      holds: (text) => text !== '*' && parseDomainPattern(text) !== undefined,
    },
  ],
  [
    'SmtpAddress',
    {
      noun: 'mail address',
      example: 'postmaster@contoso.com',
      holds: (text) => parseMailAddress(text) !== undefined,
    },
  ],
  [
    'IPAddress',
    { noun: 'IP address', example: '192.0.2.25', holds: (text) => parseIpAddress(text) !== undefined },
  ],
  [
    'IPRange',
    {
      noun: 'range of addresses',
      example: '192.0.2.0/24',
      holds: (text) => parseIpRange(text) !== undefined,
    },
  ],
  [
    'SmtpX509Identifier',
    {
      noun: 'name of a certificate',
      example: '<I>CN=Contoso Root<S>CN=mail.contoso.com',
      holds: (text) => /^<I>.+<S>.+$/i.test(text) && isOneLine(text),
    },
  ],
  [
    'SmtpReceiveDomainCapabilities',
    {
      noun: 'domain with its capabilities',
      example: 'contoso.com:AcceptCloudServicesMail',
      holds: (text) => {
        const name = text.slice(0, text.indexOf(':'));
        return capabilities.test(text) && (/^NO-TLS$/i.test(name) || parseDomainPattern(name) !== undefined);
      },
    },
  ],
  [
    'EnhancedStatusCode',
    { noun: 'enhanced code', example: '5.7.1', holds: (text) => /^[245]\.\d{1,3}\.\d{1,3}$/.test(text) },
  ],
  [
    'CultureInfo',
    { noun: 'language', example: 'en-US', holds: (text) => /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(text) },
  ],
]);

const line: TextForm = { noun: 'line of text', example: 'Contoso', holds: isOneLine };

const banner: TextForm = {
  noun: 'banner',
  example: '220 mail.contoso.com',
  // EXCH New-ReceiveConnector -Banner: the code comes first, and Exchange adds no code of its own.
  holds: (text) => /^220( |$)/.test(text) && isOneLine(text),
};

/** Tells what the text of a parameter looks like; a type without a form of its own is a line of text. */
export function textFormOf(key: string, type: string): TextForm {
  if (key === 'banner') return banner;
  return forms.get(type) ?? line;
}

/** src/source lets no control character through; this holds for what is read from elsewhere, too. */
function isOneLine(text: string): boolean {
  return text.trim() !== '' && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text);
}
