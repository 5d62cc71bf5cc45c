import { issue, makeAuthority, type Issued } from '../../../test/support/certificates.ts';

/** The certificates of both sides; each side trusts the other's root. */
export interface DemoCertificates {
  readonly contosoRoot: Issued;
  readonly contoso: Issued;
  readonly fabrikamRoot: Issued;
  readonly fabrikam: Issued;
}

/** Makes the certificates that examples/contoso declares. */
export async function makeCertificates(): Promise<DemoCertificates> {
  const contosoRoot = await makeAuthority('Contoso Root');
  const fabrikamRoot = await makeAuthority('Fabrikam Root');
  return {
    contosoRoot,
    fabrikamRoot,
    contoso: await issue({ authority: contosoRoot, domains: ['mail.contoso.com', 'contoso.com'] }),
    fabrikam: await issue({
      authority: fabrikamRoot,
      domains: ['mail.fabrikam.com', 'fabrikam.com', 'fabrikam.net'],
    }),
  };
}
