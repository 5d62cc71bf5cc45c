import { exim } from './exim.ts';
import type { MailServer } from './mail-server.ts';
import { opensmtpd } from './opensmtpd.ts';
import { postfix } from './postfix.ts';

/** The mail servers that the emitted files for partners are tried on. */
export const servers: readonly MailServer[] = [postfix, exim, opensmtpd];
