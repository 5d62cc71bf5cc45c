// The documented refusals of connector cmdlets. Each has an id, which the test of it names; what the type of a parameter
// refuses (ranges, words, syntax) stands in FakeCatalogue and what a version lacks in its list of parameters.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace Pshost
{
    sealed class Call
    {
        public World World;
        public FakeServer Shell;
        public Keeper Store;
        public string Cmdlet;
        public Dictionary<string, object> Bound;
        // The object as the call would leave it.
        public FakeObject One;
        public bool IsNew => Cmdlet.StartsWith("New-", StringComparison.Ordinal);
        public bool Has(string parameter) => Bound.ContainsKey(parameter);
        public bool IsEmpty(string parameter) => !Bound.TryGetValue(parameter, out var value) || value == null || (value is System.Collections.ICollection list && list.Count == 0);
    }

    static class FakeRules
    {
        static void Refuse(bool when, string id, string why) { if (when) throw new FakeFault(id + ": " + why); }
        static readonly string[] Usages = { "Client", "Custom", "Internal", "Internet", "Partner" };
        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

        // Source: EXCH New-ReceiveConnector, New-SendConnector -Usage and the switches of its values.
        public static string Usage(Call c)
        {
            var switches = Usages.Where(c.Has).ToArray();
            Refuse(switches.Length + (c.Has("Usage") ? 1 : 0) > 1, c.Cmdlet == "New-SendConnector" ? "SC-002" : "RC-001", "one usage at most");
            var word = c.Has("Usage") ? c.Bound["Usage"]?.ToString() : switches.FirstOrDefault() ?? "Custom";
            Refuse(!Usages.Contains(word, StringComparer.OrdinalIgnoreCase), c.Cmdlet == "New-SendConnector" ? "SC-002" : "RC-002", word + " is no usage");
            return Usages.First(u => Same(u, word));
        }

        // Source: EXCH New-ReceiveConnector -Bindings, -RemoteIPRanges.
        public static void NewReceive(Call c, string usage)
        {
            Refuse(usage == "Custom" && (c.IsEmpty("Bindings") || c.IsEmpty("RemoteIPRanges")), "RC-003", "Custom needs Bindings and RemoteIPRanges");
            Refuse(usage == "Partner" && (c.IsEmpty("Bindings") || c.IsEmpty("RemoteIPRanges")), "RC-004", "Partner needs Bindings and RemoteIPRanges");
            Refuse(usage == "Internet" && c.IsEmpty("Bindings"), "RC-005", "Internet needs Bindings");
            Refuse(usage is "Internal" or "Client" && c.IsEmpty("RemoteIPRanges"), "RC-006", usage + " needs RemoteIPRanges");
            Refuse(usage == "Client" && c.Shell.IsEdge, "RC-009", "Client is not available on Edge");
        }

        // Source: EXCH Set-ReceiveConnector -AuthMechanism, -RequireTLS, -DomainSecureEnabled, -Fqdn, -Banner and the others.
        public static void Receive(Call c)
        {
            var one = c.One;
            var auth = one.Names("AuthMechanism"); var groups = one.Names("PermissionGroups");
            var tls = auth.Contains("Tls"); var external = auth.Contains("ExternalAuthoritative");
            Refuse(auth.Contains("None") && auth.Length > 1, "RC-041", "None stands alone");
            Refuse(auth.Contains("BasicAuthRequireTLS") && !(auth.Contains("BasicAuth") && tls), "RC-042", "BasicAuthRequireTLS needs BasicAuth and Tls");
            Refuse(external && auth.Any(a => a is not ("ExternalAuthoritative" or "Tls")), "RC-043", "ExternalAuthoritative goes with Tls only");
            Refuse(external && !groups.Contains("ExchangeServers"), "RC-044", "ExternalAuthoritative needs ExchangeServers");
            Refuse(one.IsTrue("RequireTLS") && !tls, "RC-045", "RequireTLS needs Tls");
            Refuse(one.IsTrue("DomainSecureEnabled") && !tls, "RC-046", "DomainSecureEnabled needs Tls");
            Refuse(one.IsTrue("DomainSecureEnabled") && external, "RC-047", "DomainSecureEnabled excludes ExternalAuthoritative");
            var server = c.World.Server(one.Text("Server"));
            var fqdn = one.Text("Fqdn");
            Refuse(auth.Contains("ExchangeServer") && fqdn != "" && server != null && !Same(fqdn, server.Fqdn) && !Same(fqdn, server.Name), "RC-051", "with ExchangeServer the Fqdn is the server's FQDN, its name or nothing");
            Refuse(one.IsTrue("SuppressXAnonymousTls") && !c.World.IsDowngraded(one.Text("Server")), "RC-054", "SuppressXAnonymousTls needs UseDowngradedExchangeServerAuth on the server");
            Refuse(c.Shell.IsEdge && c.Has("PermissionGroups") && groups.Contains("ExchangeLegacyServers") && c.World.Catalogue.Since("2016"), "RC-062", "ExchangeLegacyServers is not on Edge");
            Refuse(c.Shell.IsEdge && c.Has("TransportRole"), "RC-064", "TransportRole cannot be used on Edge");
            Refuse(one.IsTrue("BinaryMimeEnabled") && one["ChunkingEnabled"] is false, "RC-070", "BinaryMimeEnabled needs ChunkingEnabled");
            Refuse(one["ConnectionInactivityTimeout"] is EnhancedTimeSpan idle && one["ConnectionTimeout"] is EnhancedTimeSpan all && idle.Span >= all.Span, "RC-071", "ConnectionInactivityTimeout is smaller than ConnectionTimeout");
            Refuse(one.Text("Banner") != "" && !one.Text("Banner").StartsWith("220", StringComparison.Ordinal), "RC-089", "Banner begins with 220");
            Refuse(c.Shell.IsEdge && c.Has("LongAddressesEnabled") && one.IsTrue("LongAddressesEnabled"), "RC-090", "LongAddressesEnabled is not for Edge");
            foreach (var other in c.Store["ReceiveConnector"].Where(x => !ReferenceEquals(x, one) && x.Text("Guid") != one.Text("Guid") && Same(x.Text("Server"), one.Text("Server")))) Beside(one, other);
        }

        // Source: EXCH New-ReceiveConnector -RemoteIPRanges: of two connectors, and for a shared address and port.
        static void Beside(FakeObject one, FakeObject other)
        {
            var mine = one.List("Bindings").Cast<IPBinding>().ToArray(); var theirs = other.List("Bindings").Cast<IPBinding>().ToArray();
            var sameBinding = mine.Any(a => theirs.Any(b => a.Canonical == b.Canonical));
            var touches = mine.Any(a => theirs.Any(b => a.Port == b.Port && (a.Address == b.Address || ((a.IsAny || b.IsAny) && a.Address.Contains(':') == b.Address.Contains(':')))));
            Refuse(touches && one.Text("TransportRole") != other.Text("TransportRole"), "RC-024", other.Text("Name") + " of another role has the port");
            if (!sameBinding) return;
            var a = one.List("RemoteIPRanges").Cast<IPRange>().ToArray(); var b = other.List("RemoteIPRanges").Cast<IPRange>().ToArray();
            Refuse(a.Select(x => x.Canonical).ToHashSet().SetEquals(b.Select(x => x.Canonical)), "RC-023", other.Text("Name") + " has these bindings and ranges");
            Refuse(a.Any(x => b.Any(y => x.Bits == y.Bits && Cross(x, y))), "RC-031", "ranges cross those of " + other.Text("Name"));
        }

        static bool Cross(IPRange x, IPRange y)
        {
            var apart = x.Last < y.First || y.Last < x.First;
            var nested = (x.First <= y.First && y.Last <= x.Last) || (y.First <= x.First && x.Last <= y.Last);
            return !apart && !nested;
        }

        // Source: EXCH Set-SendConnector -AddressSpaces, -DNSRoutingEnabled, -SmartHosts, -SmartHostAuthMechanism, -TlsAuthLevel.
        public static void Send(Call c)
        {
            var one = c.One;
            var spaces = one.List("AddressSpaces").Cast<AddressSpace>().ToArray();
            var hosts = one.List("SmartHosts"); var dns = one["DNSRoutingEnabled"] is not false;
            var mechanism = one.Text("SmartHostAuthMechanism");
            Refuse(spaces.Length == 0 && one.Text("LinkedReceiveConnector") == "", "SC-001", "AddressSpaces are needed");
            Refuse(spaces.Any(x => x.Address == "--") && !c.Shell.IsEdge, "SC-008", "-- is for Edge");
            Refuse(spaces.Any(x => x.Type != "SMTP") && c.Shell.IsEdge, "SC-009", "the type is SMTP on Edge");
            Refuse(spaces.Any(x => x.Type != "SMTP") && (hosts.Length == 0 || dns), "SC-010", "other types need SmartHosts");
            Refuse(hosts.Length > 0 && dns, "SC-012", "DNSRoutingEnabled is false with SmartHosts");
            Refuse(c.Has("DNSRoutingEnabled") && !dns && c.IsEmpty("SmartHosts"), "SC-013", "SmartHosts stand beside DNSRoutingEnabled false");
            Refuse(!dns && hosts.Length == 0, "SC-013", "SmartHosts are needed");
            Refuse(mechanism is not ("" or "None") && (hosts.Length == 0 || dns), "SC-017", "SmartHostAuthMechanism is for smart hosts");
            Refuse(mechanism.StartsWith("BasicAuth", StringComparison.Ordinal) && one["AuthenticationCredential"] == null, "SC-018", "AuthenticationCredential is needed");
            Refuse(one.IsTrue("RequireTLS") && one.IsTrue("IgnoreSTARTTLS"), "SC-021", "RequireTLS excludes IgnoreSTARTTLS");
            var level = one.Text("TlsAuthLevel");
            Refuse(level != "" && (one.IsTrue("IgnoreSTARTTLS") || !one.IsTrue("RequireTLS")), "SC-023", "TlsAuthLevel needs RequireTLS");
            Refuse(one.Text("TlsDomain") != "" && level != "DomainValidation", "SC-024", "TlsDomain is for DomainValidation");
            Refuse(level == "DomainValidation" && !dns && one.Text("TlsDomain") == "", "SC-025", "TlsDomain is needed");
            Refuse(c.Has("SourceIPAddress") && !c.Shell.IsEdge && one.Text("SourceIPAddress") is not ("" or "0.0.0.0"), "SC-035", "SourceIPAddress is for Edge");
            Refuse(c.Has("SourceTransportServers") && c.Shell.IsEdge, "SC-036", "SourceTransportServers is not for Edge");
            var kinds = one.List("SourceTransportServers").Select(x => c.World.Server(((Printed)x).Canonical)?.IsEdge).Distinct().Count();
            Refuse(kinds > 1, "SC-037", "source servers are all of one kind");
        }

        // Source: EXCH Set-TransportConfig -TLSSendDomainSecureList (no wildcards: the type refuses them, too).
        public static void Config(Call c)
        {
            foreach (var list in new[] { "TLSSendDomainSecureList", "TLSReceiveDomainSecureList" })
                Refuse(c.Has(list) && c.One.List(list).Any(x => x.ToString().Contains('*')), "TC-002", list + " takes no wildcard");
        }

        // Source: EXCH New-AcceptedDomain -DomainName, -DomainType.
        public static void NewDomain(Call c)
        {
            var name = c.Bound.TryGetValue("DomainName", out var value) ? value?.ToString() ?? "" : "";
            Refuse(name.Length > 256 || !FakeCatalogue.IsDomain(name.StartsWith("*.", StringComparison.Ordinal) ? name.Substring(2) : name), "AD-001", name + " is no domain");
            Refuse(c.Store["AcceptedDomain"].Any(x => Same(x.Text("DomainName"), name)), "AD-003", name + " is there already");
        }

        public static void DomainType(string word) => Refuse(word is not (null or "Authoritative" or "InternalRelay" or "ExternalRelay"), "AD-002", word + " is no type");

        // Source: EXCH New-ReceiveConnector -Name.
        public static void Name(Call c, string kind, string name, string server)
        {
            Refuse(string.IsNullOrEmpty(name) || name.Length > 64, kind == "AcceptedDomain" ? "AD-003" : "RC-013", "a name has 1 to 64 characters");
            Refuse(c.Store[kind].Any(x => !ReferenceEquals(x, c.One) && x.Text("Guid") != (c.One?.Text("Guid") ?? "") && Same(x.Text("Name"), name) && Same(x.Text("Server"), server ?? "")), kind == "AcceptedDomain" ? "AD-003" : "RC-013", name + " is there already");
        }

        // Source: EXCH Import-ExchangeCertificate -Password, Remove-ExchangeCertificate, Add-ADPermission -User; GEN-01 holds for all.
        public static void Password(Call c) => Refuse(!(c.Bound.TryGetValue("Password", out var p) && p is System.Security.SecureString), "CE-016", "the password is a SecureString");
        public static void Request(Call c)
        {
            bool Switch(string name) => c.Bound.TryGetValue(name, out var value) && System.Management.Automation.LanguagePrimitives.IsTrue(value);
            Refuse(Switch("GenerateRequest") && c.Has("Services"), "CE-004", "a request has no Services");
            Refuse(c.Has("KeySize") && c.Bound["KeySize"]?.ToString() is not ("1024" or "2048" or "4096"), "CE-005", "KeySize is 1024, 2048 or 4096");
            Refuse(c.Has("FriendlyName") && c.Bound["FriendlyName"]?.ToString().Length >= 64, "CE-006", "FriendlyName is shorter than 64 characters");
        }
        public static void InUse(FakeObject certificate) => Refuse(certificate.IsTrue("IsDefault"), "CE-019", "the certificate is in use");
        public static void Rights(Call c) => Refuse(c.Has("Owner") && (c.Has("User") || c.Has("AccessRights")), "AP-001", "Owner stands alone");
        public static void Everywhere(Call c) => Refuse(c.Shell.IsEdge && c.Has("DomainController"), "GEN-01", "DomainController is not for Edge");
    }
}
