/** A header that is longer is passed on as it is; a Receive connector would not have taken it. Unit: bytes. */
const longestHeader = 256 * 1024;
const organizationField = /^x-ms-exchange-(?:organization|forest)-/im;

/**
 * Takes out of the header what only servers of the organization may read, for mail that leaves it.
 *
 * The first piece must hold the whole header; bytes are copied only where there is something to take out.
 * Source: EXCH header firewall (Send-Headers-Organization, Send-Headers-Forest).
 */
export function withoutOrganizationFields(first: Buffer): Buffer {
  const end = first.indexOf('\r\n\r\n');
  const length = Math.min(end === -1 ? first.length : end + 2, longestHeader);
  const header = first.toString('latin1', 0, length);
  if (!organizationField.test(header)) return first;
  const kept = header.replaceAll(
    /^x-ms-exchange-(?:organization|forest)-[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*/gim,
    '',
  );
  return Buffer.concat([Buffer.from(kept, 'latin1'), first.subarray(length)]);
}
