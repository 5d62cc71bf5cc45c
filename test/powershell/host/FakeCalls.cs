// What the cmdlets of the fake Exchange do.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Pshost
{
    static class FakeCalls
    {
        static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

        public static List<object> Run(World world, FakeServer shell, string cmdlet, Dictionary<string, object> bound)
        {
            var call = new Call { World = world, Shell = shell, Store = world.StoreOf(shell), Cmdlet = cmdlet, Bound = bound };
            FakeRules.Everywhere(call);
            var cut = cmdlet.IndexOf('-');
            var (verb, noun) = (cmdlet.Substring(0, cut), cmdlet.Substring(cut + 1));
            switch (cmdlet)
            {
                case "Get-ExchangeServer": return Found(call, world.Servers.Where(s => shell.IsEdge ? s == shell : !s.IsEdge || s.IsSubscribed).Select(s => Server(world, s)));
                case "Get-EdgeSubscription": return Found(call, shell.IsEdge ? Enumerable.Empty<FakeObject>() : world.Servers.Where(s => s.IsSubscribed).Select(s => Made("Name", s.Name, "Site", s.Site, "Identity", s.Name)));
                case "Test-EdgeSynchronization": return world.Servers.Where(s => s.IsSubscribed).Select(s => (object)Shown(Made("Name", s.Name, "SyncStatus", "Normal", "RecipientStatus", "Synchronized", "ConfigurationStatus", "Synchronized"))).ToList();
                case "Start-EdgeSynchronization": foreach (var edge in world.Servers.Where(s => s.IsSubscribed)) world.Replicate(edge); return new List<object>();
                // On Edge the command tells of that server alone. Source: EXCH Get-TransportService.
                case "Get-TransportServer": case "Get-TransportService": return Found(call, world.Servers.Where(s => shell.IsEdge ? s == shell : !s.IsEdge && s.Role != "clientAccess").Select(s => Made("Name", s.Name, "Identity", s.Name, "UseDowngradedExchangeServerAuth", world.IsDowngraded(s.Name), "InternalTransportCertificateThumbprint", world.Machines[s.Name]["ExchangeCertificate"].FirstOrDefault(x => x.IsTrue("IsDefault"))?.Text("Thumbprint"))));
                case "Set-TransportServer": case "Set-TransportService":
                    var transport = world.Machines[world.Server(LanguagePrimitives.ConvertTo<string>(bound.TryGetValue("Identity", out var id) ? id : shell.Name))?.Name ?? throw new FakeFault("server " + id + " was not found")]["Transport"];
                    transport.Clear();
                    transport.Add(Made("UseDowngradedExchangeServerAuth", bound.TryGetValue("UseDowngradedExchangeServerAuth", out var downgraded) && LanguagePrimitives.IsTrue(downgraded)));
                    return new List<object>();
                // Nothing is known of a certificate in what this one gives.
                case "Get-FrontendTransportService": return Found(call, world.Servers.Where(s => !s.IsEdge).Select(s => Made("Name", s.Name, "Identity", s.Name)));
                case "Get-TransportConfig": return new List<object> { Shown(call.Store["TransportConfig"][0]) };
                case "Get-ADPermission": return FakePermissions.Get(call).Select(x => (object)Shown(x)).ToList();
                case "Add-ADPermission": FakePermissions.Add(call); return new List<object>();
                case "Remove-ADPermission": FakePermissions.Remove(call); return new List<object>();
                case "Get-ExchangeCertificate": return FakeCertificates.Get(call).Select(x => (object)Shown(x)).ToList();
                case "New-ExchangeCertificate": return FakeCertificates.Request(call);
                case "Import-ExchangeCertificate": return new List<object> { Shown(FakeCertificates.Import(call)) };
                case "Enable-ExchangeCertificate": FakeCertificates.Enable(call); return new List<object>();
                case "Remove-ExchangeCertificate": FakeCertificates.Remove(call); return new List<object>();
            }
            if (!world.Catalogue.Settings.ContainsKey(noun)) throw new FakeFault("the fake Exchange does not know " + cmdlet);
            switch (verb)
            {
                case "Get": return Found(call, call.Store[noun].Where(x => !bound.TryGetValue("Server", out var s) || Same(x.Text("Server"), s?.ToString())));
                case "New": return new List<object> { Shown(New(call, noun)) };
                case "Set": Set(call, noun); return new List<object>();
                case "Remove": Remove(call, noun); return new List<object>();
                default: throw new FakeFault("the fake Exchange does not know " + cmdlet);
            }
        }

        static FakeObject New(Call c, string kind)
        {
            var name = c.Bound.TryGetValue("Name", out var n) ? n?.ToString() : null;
            var one = new FakeObject { ["Name"] = name, ["Guid"] = Guid.NewGuid().ToString(), ["Server"] = null };
            var usage = kind == "AcceptedDomain" ? "" : FakeRules.Usage(c);
            var server = c.Shell;
            if (kind == "ReceiveConnector")
            {
                if (c.Bound.TryGetValue("Server", out var given)) server = c.World.Server(given?.ToString()) ?? throw new FakeFault("server " + given + " was not found");
                one["Server"] = server.Name;
            }
            FakeRules.Name(c, kind, name, one.Text("Server"));
            c.One = one;
            Defaults(c, kind, usage, server);
            if (kind == "AcceptedDomain") { FakeRules.NewDomain(c); one["DomainName"] = c.Bound["DomainName"].ToString(); one["DomainType"] = one["DomainType"] ?? "Authoritative"; }
            if (kind == "ReceiveConnector") { FakeRules.NewReceive(c, usage); one["Fqdn"] = new Printed(server.Fqdn, server.Fqdn.ToLowerInvariant()); }
            if (kind == "SendConnector" && !c.Shell.IsEdge && c.IsEmpty("SourceTransportServers")) one["SourceTransportServers"] = new MultiValuedProperty(new[] { ServerId(c, c.Shell.Name) });
            Take(c, kind);
            c.Store[kind].Add(one);
            return one;
        }

        static void Defaults(Call c, string kind, string usage, FakeServer server)
        {
            var settings = c.World.Catalogue.Settings[kind];
            foreach (var setting in settings.Values) c.One[setting.Name] = setting.List && setting.Form != "enum" ? new MultiValuedProperty(Array.Empty<object>()) : null;
            if (kind == "AcceptedDomain") return;
            var defaults = c.World.Catalogue.Defaults.GetProperty(kind).GetProperty(usage.ToLowerInvariant() + " " + server.Role);
            foreach (var value in defaults.EnumerateObject())
                c.One[value.Name] = c.World.Catalogue.Take(settings[value.Name], Plain(value.Value), (s, text) => Reference(c, s, text));
        }

        public static object Plain(JsonElement e) => e.ValueKind switch
        {
            JsonValueKind.String => e.GetString(),
            JsonValueKind.Number => e.GetInt32(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Array => e.EnumerateArray().Select(Plain).ToArray(),
            _ => null,
        };

        // Checks the object as it would become, and leaves it as it was when something is refused.
        static void Take(Call c, string kind)
        {
            foreach (var (name, value) in c.Bound)
                if (c.World.Catalogue.Settings[kind].TryGetValue(name, out var setting) && name != "DomainName")
                    c.One[setting.Name] = c.World.Catalogue.Take(setting, value, (s, text) => Reference(c, s, text));
            if (kind == "AcceptedDomain") FakeRules.DomainType(c.One.Text("DomainType"));
            if (kind == "ReceiveConnector")
            {
                // Custom only says that there are single rights, too; it is shown and not kept.
                if (c.One["PermissionGroups"] is Flags groups && groups.Names.Contains("Custom")) c.One["PermissionGroups"] = groups.Names.Length == 1 ? new Flags(new[] { "None" }) : new Flags(groups.Names.Where(x => x != "Custom").ToArray());
                FakeRules.Receive(c);
            }
            if (kind == "SendConnector") FakeRules.Send(c);
            if (kind == "TransportConfig") FakeRules.Config(c);
        }

        static void Set(Call c, string kind)
        {
            var real = kind == "TransportConfig" ? c.Store[kind][0] : TheOne(c, kind);
            c.One = real.Copy();
            if (c.Bound.TryGetValue("Name", out var name)) { FakeRules.Name(c, kind, name?.ToString(), real.Text("Server")); c.One["Name"] = name?.ToString(); }
            Take(c, kind);
            foreach (var pair in c.One) real[pair.Key] = pair.Value;
        }

        static void Remove(Call c, string kind)
        {
            var one = TheOne(c, kind);
            c.Store["ADPermission"].RemoveAll(x => x.Text("Identity") == Identity(one));
            c.Store[kind].Remove(one);
            if (kind == "AcceptedDomain") c.Store.ForgetDomains();
        }

        public static FakeObject TheOne(Call c, string kind)
        {
            var identity = c.Bound.TryGetValue("Identity", out var i) ? LanguagePrimitives.ConvertTo<string>(i) : null;
            if (string.IsNullOrEmpty(identity)) throw new FakeFault("Identity is null or empty");
            var found = c.Store[kind].Where(x => Matches(x, identity)).ToList();
            if (found.Count == 0) throw new FakeFault("ManagementObjectNotFound: " + identity + " could not be found");
            if (found.Count > 1) throw new FakeFault("ManagementObjectAmbiguous: " + identity + " is not unique");
            return found[0];
        }

        // An asterisk at either end of an identity is a pattern. Source: EXCH Get-AcceptedDomain -Identity.
        static bool Matches(FakeObject one, string identity) => identity.StartsWith('*') || identity.EndsWith('*')
            ? new WildcardPattern("*" + WildcardPattern.Escape(identity.Trim('*')) + "*", WildcardOptions.IgnoreCase).IsMatch(one.Text("Name")) && (identity.EndsWith('*') || one.Text("Name").EndsWith(identity.Trim('*'), StringComparison.OrdinalIgnoreCase))
            : new[] { one.Text("Name"), Identity(one), one.Text("Guid"), DistinguishedName(one) }.Any(x => x != "" && Same(x, identity));
        public static string Identity(FakeObject one) => one.Text("Server") == "" ? one.Text("Name") : one.Text("Server") + "\\" + one.Text("Name");
        // A distinguished name quotes what would part it. Source: RFC 4514 §2.4.
        static string DistinguishedName(FakeObject one) => "CN=" + string.Concat(one.Text("Name").Select(x => ",+\"\\<>;=#".Contains(x) ? "\\" + x : x.ToString())) + (one.Text("Server") == "" ? ",CN=Connections" : ",CN=SMTP Receive Connectors,CN=Protocols,CN=" + one.Text("Server")) + ",DC=contoso,DC=local";

        // EXCH Get-ReceiveConnector: an identity that is null gives all objects, one that is not there an error.
        static List<object> Found(Call c, IEnumerable<FakeObject> all)
        {
            var identity = c.Bound.TryGetValue("Identity", out var i) ? LanguagePrimitives.ConvertTo<string>(i) : null;
            if (!string.IsNullOrEmpty(identity) && c.Has("Server")) throw new FakeFault("RC-015: Identity and Server exclude each other");
            var found = all.Where(x => string.IsNullOrEmpty(identity) || Matches(x, identity)).ToList();
            if (found.Count == 0 && !string.IsNullOrEmpty(identity)) throw new FakeFault("ManagementObjectNotFound: " + identity + " could not be found");
            return found.Select(x => (object)Shown(Extended(c, x))).ToList();
        }

        static FakeObject Extended(Call c, FakeObject one)
        {
            if (!one.ContainsKey("AddressSpaces") && !one.ContainsKey("Bindings") && !one.ContainsKey("DomainName")) return one;
            var copy = one.Copy();
            copy["Identity"] = Identity(one);
            copy["DistinguishedName"] = DistinguishedName(one);
            if (one["Guid"] != null && copy.TryGetValue("PermissionGroups", out var groups) && c.Store["ADPermission"].Any(x => x.Text("Identity") == Identity(one)))
                copy["PermissionGroups"] = new Flags(((groups as Flags)?.Names ?? Array.Empty<string>()).Where(x => x != "None").Append("Custom").ToArray());
            return copy;
        }

        public static PSObject Shown(FakeObject one)
        {
            var shown = new PSObject();
            foreach (var pair in one.Where(x => x.Key != "IsDefault")) shown.Properties.Add(new PSNoteProperty(pair.Key, pair.Value));
            return shown;
        }

        public static object Reference(Call c, FakeSetting s, string text)
        {
            if (s.Type == "ServerIdParameter") return ServerId(c, text);
            if (s.Type == "AcceptedDomainIdParameter")
            {
                var domain = c.Store["AcceptedDomain"].FirstOrDefault(x => Matches(x, text)) ?? throw new FakeFault("RC-093: accepted domain " + text + " was not found");
                return new Printed(domain.Text("Name"), domain.Text("DomainName").ToLowerInvariant());
            }
            var connector = c.Store["ReceiveConnector"].FirstOrDefault(x => Matches(x, text)) ?? throw new FakeFault("Receive connector " + text + " was not found");
            return new Printed(Identity(connector), Identity(connector).ToLowerInvariant());
        }

        // Directory objects print with their path where the shell is local.
        static Printed ServerId(Call c, string text)
        {
            var name = text.Split('/', '\\').Last();
            var server = c.World.Servers.FirstOrDefault(s => Same(s.Name, name) || Same(s.Fqdn, name));
            if (server == null || (server.IsEdge && !server.IsSubscribed)) throw new FakeFault("SC-036: source server " + text + " was not found");
            return new Printed("contoso.local/Configuration/Servers/" + server.Name, server.Name.ToLowerInvariant());
        }

        public static FakeObject Made(params object[] pairs)
        {
            var one = new FakeObject();
            for (var i = 0; i < pairs.Length; i += 2) one[(string)pairs[i]] = pairs[i + 1];
            return one;
        }

        static FakeObject Server(World w, FakeServer s)
        {
            var build = w.Catalogue.Version switch { "2007" => "8.3 (Build 83.6)", "2010" => "14.3 (Build 123.4)", "2013" => "15.0 (Build 1497.2)", "2016" => "15.1 (Build 2507.6)", "2019" => "15.2 (Build 1118.7)", _ => "15.2 (Build 2562.17)" };
            return Made("Name", s.Name, "Identity", s.Name, "Fqdn", s.Fqdn, "AdminDisplayVersion", new Printed("Version " + build, build), "ServerRole", s.IsEdge ? "Edge" : s.Role == "hub" ? "HubTransport, ClientAccess" : s.Role == "clientAccess" ? "ClientAccess" : "Mailbox",
                "IsEdgeServer", s.IsEdge, "IsHubTransportServer", !s.IsEdge && s.Role != "clientAccess", "IsMailboxServer", s.Role == "mailbox", "IsClientAccessServer", s.Role == "clientAccess", "Site", s.Site == null ? null : "contoso.local/Configuration/Sites/" + s.Site);
        }
    }
}
