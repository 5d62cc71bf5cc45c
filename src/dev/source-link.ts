/** Where the sources of the agreed short forms can be read. */
const reference = 'https://learn.microsoft.com/powershell/module/exchangepowershell';
const shell = 'https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about';
const documents = 'https://learn.microsoft.com/exchange';

/** Makes a link of a source in its short form, in Markdown; gives the text as it is where it has no page of its own. */
export function sourceLink(source: string): string {
  const address = addressOf(source);
  return address === undefined || address === source ? source : `[${source}](${address})`;
}

function addressOf(source: string): string | undefined {
  const [form = '', ...rest] = source.split(' ');
  const words = rest.join(' ');
  switch (form) {
    case 'EXCH':
      return cmdletPage(words);
    case 'RFC':
      return rfcPage(words);
    case 'PS':
      return /^about_\w+$/.test(words) ? `${shell}/${words.toLowerCase()}` : undefined;
    case 'OfficeDocs-Exchange':
      // The pages of 2013 are at another place, under names of their own.
      return words.startsWith('ExchangeServer2013/') ? undefined : `${documents}/${words}`;
    default:
      return undefined;
  }
}

function cmdletPage(words: string): string | undefined {
  const found = /^([A-Z][a-z]+-[A-Z][A-Za-z]+)(?: -([A-Za-z0-9]+))?$/.exec(words);
  if (!found) return undefined;
  const [, cmdlet = '', parameter] = found;
  const anchor = parameter === undefined ? '' : `#-${parameter.toLowerCase()}`;
  return `${reference}/${cmdlet.toLowerCase()}${anchor}`;
}

function rfcPage(words: string): string | undefined {
  const found = /^(\d+)(?: §([\d.]+))?$/.exec(words);
  if (!found) return undefined;
  const [, number = '', section] = found;
  return `https://www.rfc-editor.org/rfc/rfc${number}${section === undefined ? '' : `#section-${section}`}`;
}
