import { issue, makeAuthority, type Issued } from '../support/certificates.ts';

/** What a certificate may be, seen by somebody who wants fabrikam.com in it and trusts Fabrikam's root. */
export type Shown = 'good' | 'from an unknown root' | 'without fabrikam.com' | 'expired';

/** What somebody else may show who says that he is Contoso. */
export type Pretended =
  'that signs itself' | 'with another name' | 'from an unknown root' | 'that is expired';

/** The certificates of both sides. */
export interface Certificates {
  readonly contosoRoot: Issued;
  readonly contoso: Issued;
  readonly fabrikamRoot: Issued;
  readonly fabrikam: Readonly<Record<Shown, Issued>>;
  readonly pretended: Readonly<Record<Pretended, Issued>>;
  /** A root that nobody trusts. */
  readonly strangerRoot: Issued;
}

/** Makes the certificates that examples/contoso declares, and those that Fabrikam should not show. */
export async function makeCertificates(): Promise<Certificates> {
  const contosoRoot = await makeAuthority('Contoso Root');
  const fabrikamRoot = await makeAuthority('Fabrikam Root');
  const strangerRoot = await makeAuthority('Stranger Root');
  const names = ['mail.contoso.com', 'contoso.com'];
  const domains = ['mail.fabrikam.com', 'fabrikam.com', 'fabrikam.net'];
  return {
    contosoRoot,
    fabrikamRoot,
    strangerRoot,
    contoso: await issue({ authority: contosoRoot, domains: names }),
    pretended: {
      'that signs itself': await issue({ domains: names }),
      'with another name': await issue({ authority: contosoRoot, domains: ['mail.tailspin.com'] }),
      'from an unknown root': await issue({ authority: strangerRoot, domains: names }),
      'that is expired': await issue({ authority: contosoRoot, domains: names, validity: 'expired' }),
    },
    fabrikam: {
      good: await issue({ authority: fabrikamRoot, domains }),
      'from an unknown root': await issue({ authority: strangerRoot, domains }),
      'without fabrikam.com': await issue({ authority: fabrikamRoot, domains: ['mail.fabrikam.com'] }),
      expired: await issue({ authority: fabrikamRoot, domains, validity: 'expired' }),
    },
  };
}
