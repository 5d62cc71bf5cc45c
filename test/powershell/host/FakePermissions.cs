// Rights on connectors and certificates on servers.
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace Pshost
{
    static class FakePermissions
    {
        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
        static FakeObject Connector(Call c)
        {
            try { return FakeCalls.TheOne(c, "ReceiveConnector"); }
            catch (FakeFault) { return FakeCalls.TheOne(c, "SendConnector"); }
        }

        // A group gives its accounts rights that are seen like those granted one by one. Source: EXCH receive-connectors (permission groups).
        static readonly Dictionary<string, (string User, string[] Rights)> Groups = new()
        {
            ["AnonymousUsers"] = ("NT AUTHORITY\\ANONYMOUS LOGON", new[] { "ms-Exch-Accept-Headers-Routing", "ms-Exch-SMTP-Accept-Any-Sender", "ms-Exch-SMTP-Accept-Authoritative-Domain-Sender", "ms-Exch-SMTP-Submit" }),
            ["ExchangeUsers"] = ("NT AUTHORITY\\Authenticated Users", new[] { "ms-Exch-Accept-Headers-Routing", "ms-Exch-Bypass-Anti-Spam", "ms-Exch-SMTP-Accept-Any-Recipient", "ms-Exch-SMTP-Submit" }),
        };

        public static IEnumerable<FakeObject> Get(Call c)
        {
            var connector = Connector(c);
            var granted = c.Store["ADPermission"].Where(x => x.Text("Identity") == FakeCalls.Identity(connector)).ToList();
            foreach (var group in connector.Names("PermissionGroups").Where(Groups.ContainsKey))
                foreach (var right in Groups[group].Rights) granted.Add(Ace(connector, Groups[group].User, right));
            return granted.Where(x => !c.Bound.TryGetValue("User", out var user) || Same(x.Text("User"), user?.ToString()));
        }

        static FakeObject Ace(FakeObject connector, string user, string right) => FakeCalls.Made("Identity", FakeCalls.Identity(connector), "User", new Printed(user, user.ToLowerInvariant()), "Deny", false, "IsInherited", false, "AccessRights", new MultiValuedProperty(new[] { new Printed("ExtendedRight", "extendedright") }), "ExtendedRights", new MultiValuedProperty(new[] { new Printed(right, right.ToLowerInvariant()) }));

        static string[] Rights(Call c) => (LanguagePrimitives.GetEnumerable(c.Bound["ExtendedRights"])?.Cast<object>() ?? new[] { c.Bound["ExtendedRights"] }).Select(x => x.ToString()).ToArray();

        public static void Add(Call c)
        {
            FakeRules.Rights(c);
            var connector = Connector(c);
            var user = c.Bound["User"].ToString();
            foreach (var right in Rights(c))
                if (!c.Store["ADPermission"].Any(x => x.Text("Identity") == FakeCalls.Identity(connector) && Same(x.Text("User"), user) && Same(x.List("ExtendedRights")[0].ToString(), right)))
                    c.Store["ADPermission"].Add(Ace(connector, user, right));
        }

        public static void Remove(Call c)
        {
            var connector = Connector(c);
            var rights = Rights(c);
            var gone = c.Store["ADPermission"].RemoveAll(x => x.Text("Identity") == FakeCalls.Identity(connector) && Same(x.Text("User"), c.Bound["User"].ToString()) && rights.Contains(x.List("ExtendedRights")[0].ToString(), StringComparer.OrdinalIgnoreCase));
            if (gone == 0) throw new FakeFault("the access control entry is not there");
        }
    }

    static class FakeCertificates
    {
        // EXCH Get-ExchangeCertificate -Server (not in 2007): without it the command is for the server that it runs on.
        static List<FakeObject> List(Call c)
        {
            var name = c.Bound.TryGetValue("Server", out var server) ? server?.ToString() : c.Shell.Name;
            return c.World.Machines.TryGetValue(name ?? "", out var machine) ? machine["ExchangeCertificate"] : throw new FakeFault("server " + name + " was not found");
        }
        static FakeObject TheOne(Call c)
        {
            var thumbprint = c.Bound.TryGetValue("Thumbprint", out var t) ? t?.ToString() : null;
            return List(c).FirstOrDefault(x => x.Text("Thumbprint") == thumbprint) ?? throw new FakeFault("certificate " + thumbprint + " was not found");
        }

        public static IEnumerable<FakeObject> Get(Call c) => c.Has("Thumbprint") ? new[] { TheOne(c) } : List(c);

        public static FakeObject Import(Call c)
        {
            var isSecret = c.Bound.TryGetValue("Password", out var password) && password != null;
            if (isSecret) FakeRules.Password(c);
            var bytes = c.Bound.TryGetValue("FileData", out var data) ? Bytes(data) : File.ReadAllBytes(c.Bound["Path"].ToString());
            var one = Describe(X509Certificate2.CreateFromPem(System.Text.Encoding.ASCII.GetString(bytes)));
            if (List(c).Any(x => x.Text("Thumbprint") == one.Text("Thumbprint"))) throw new FakeFault("the certificate is there already");
            if (!isSecret)
            {
                // EXCH Import-ExchangeCertificate: without a password it is the answer to a request, whose key is here.
                var pending = List(c).FirstOrDefault(x => x.Text("Status") == "PendingRequest" && x.Text("Subject") == "CN=" + Name(one)) ?? throw new FakeFault("CE-016: there is no key for this certificate, neither in it nor with a request");
                List(c).Remove(pending);
            }
            List(c).Add(one);
            return one;
        }

        static string Name(FakeObject one) => one.List("CertificateDomains").Select(x => x.ToString()).FirstOrDefault() ?? "";

        // EXCH New-ExchangeCertificate -GenerateRequest: the request goes to a file, or is what the command gives.
        public static List<object> Request(Call c)
        {
            FakeRules.Request(c);
            List(c).Add(FakeCalls.Made("Thumbprint", Guid.NewGuid().ToString("N"), "NotBefore", DateTime.Now, "NotAfter", DateTime.Now.AddYears(1), "HasPrivateKey", true, "Services", new Flags(new[] { "None" }), "Status", "PendingRequest", "Subject", c.Bound.TryGetValue("SubjectName", out var subject) ? subject?.ToString() : "", "CertificateDomains", new MultiValuedProperty(Array.Empty<object>())));
            var file = c.Bound.TryGetValue("Path", out var path) || c.Bound.TryGetValue("RequestFile", out path) ? path.ToString() : null;
            if (file == null) return new List<object> { "-----BEGIN NEW CERTIFICATE REQUEST-----" };
            File.WriteAllText(file, "-----BEGIN NEW CERTIFICATE REQUEST-----");
            return new List<object>();
        }

        static byte[] Bytes(object data) => FakeCatalogue.Bare(data) as byte[] ?? LanguagePrimitives.ConvertTo<byte[]>(data);

        public static FakeObject Describe(X509Certificate2 certificate)
        {
            var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(x => x.EnumerateDnsNames());
            return FakeCalls.Made("Thumbprint", certificate.Thumbprint, "NotBefore", certificate.NotBefore, "NotAfter", certificate.NotAfter, "HasPrivateKey", true, "Services", new Flags(new[] { "None" }),
                "Subject", certificate.Subject, "Issuer", certificate.Issuer, "CertificateDomains", new MultiValuedProperty(names.Select(x => new Printed(x, x.ToLowerInvariant()))));
        }

        // EXCH Enable-ExchangeCertificate: services are added and never taken away, but only one certificate at a time is that of IIS,
        // POP or IMAP. SMTP asks whether the default one shall be replaced; -Force answers yes.
        public static void Enable(Call c)
        {
            var one = TheOne(c);
            var services = (LanguagePrimitives.GetEnumerable(c.Bound["Services"])?.Cast<object>() ?? new[] { c.Bound["Services"] }).SelectMany(x => x.ToString().Split(',')).Select(x => x.Trim());
            var forced = c.Bound.TryGetValue("Force", out var force) && LanguagePrimitives.IsTrue(force);
            if (services.Contains("SMTP", StringComparer.OrdinalIgnoreCase) && !one.IsTrue("IsDefault") && (forced || FakeShell.Ask()))
            {
                foreach (var other in List(c)) other.Remove("IsDefault");
                one["IsDefault"] = true;
            }
            foreach (var other in List(c).Where(x => x != one))
                if (other.Names("Services").Intersect(new[] { "IIS", "POP", "IMAP" }.Intersect(services, StringComparer.OrdinalIgnoreCase)).ToArray() is { Length: > 0 } lost)
                    other["Services"] = new Flags(other.Names("Services").Except(lost).DefaultIfEmpty("None").ToArray());
            one["Services"] = new Flags(new[] { "IMAP", "POP", "UM", "IIS", "SMTP", "Federation", "UMCallRouter" }.Where(x => one.Names("Services").Concat(services).Contains(x, StringComparer.OrdinalIgnoreCase)).ToArray());
        }

        public static void Remove(Call c)
        {
            var one = TheOne(c);
            FakeRules.InUse(one);
            List(c).Remove(one);
        }
    }
}
