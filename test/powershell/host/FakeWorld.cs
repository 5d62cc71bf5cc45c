// What a fake Exchange keeps: the organization and each Edge server have a store, each server has certificates and roots.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Pshost
{
    sealed class FakeObject : Dictionary<string, object>
    {
        public FakeObject() : base(StringComparer.OrdinalIgnoreCase) { }
        public FakeObject Copy()
        {
            var copy = new FakeObject();
            foreach (var pair in this) copy[pair.Key] = pair.Value is MultiValuedProperty list ? new MultiValuedProperty(list.Cast<object>()) : pair.Value;
            return copy;
        }
        public string Text(string property) => TryGetValue(property, out var value) && value != null ? value.ToString() : "";
        public bool IsTrue(string property) => TryGetValue(property, out var value) && value is true;
        public object[] List(string property) => TryGetValue(property, out var value) && value is MultiValuedProperty list ? list.ToArray() : Array.Empty<object>();
        public string[] Names(string property) => TryGetValue(property, out var value) && value is Flags flags ? flags.Names : Array.Empty<string>();
    }

    // The kinds of objects, each in a list of its store or server: SendConnector, ReceiveConnector, AcceptedDomain,
    // ADPermission, TransportConfig (one object) in a store; ExchangeCertificate, Root on a server.
    sealed class Keeper
    {
        public string Name;
        public readonly Dictionary<string, List<FakeObject>> Lists = new(StringComparer.Ordinal);
        public List<FakeObject> this[string kind] => Lists.TryGetValue(kind, out var list) ? list : Lists[kind] = new List<FakeObject>();
        public Keeper Copy()
        {
            var copy = new Keeper { Name = Name };
            foreach (var pair in Lists) copy.Lists[pair.Key] = pair.Value.Select(x => x.Copy()).ToList();
            return copy;
        }

        // A directory keeps no link to what is gone.
        public void ForgetDomains()
        {
            foreach (var connector in this["ReceiveConnector"])
                if (connector["DefaultDomain"] is Printed domain && !this["AcceptedDomain"].Any(x => string.Equals(x.Text("DomainName"), domain.Canonical, StringComparison.OrdinalIgnoreCase))) connector["DefaultDomain"] = null;
        }
    }

    sealed class FakeServer
    {
        public string Name, Fqdn, Role, Site;
        public bool IsEdge, IsSubscribed;
        public string[] Addresses = System.Array.Empty<string>();
    }

    sealed class World
    {
        public FakeCatalogue Catalogue;
        public List<FakeServer> Servers;
        public Dictionary<string, Keeper> Stores = new(StringComparer.OrdinalIgnoreCase);
        public Dictionary<string, Keeper> Machines = new(StringComparer.OrdinalIgnoreCase);

        public World Copy() => new World
        {
            Catalogue = Catalogue,
            Servers = Servers,
            Stores = Stores.ToDictionary(x => x.Key, x => x.Value.Copy(), StringComparer.OrdinalIgnoreCase),
            Machines = Machines.ToDictionary(x => x.Key, x => x.Value.Copy(), StringComparer.OrdinalIgnoreCase),
        };

        public FakeServer Server(string name) => Servers.FirstOrDefault(x => string.Equals(x.Name, name, StringComparison.OrdinalIgnoreCase));

        // What EdgeSync carries. Source: EXCH edge-subscriptions (Send connectors, accepted domains, three lists of TransportConfig).
        public void Replicate(FakeServer edge)
        {
            var (from, to) = (Stores[""], Stores[edge.Name]);
            foreach (var kind in new[] { "SendConnector", "AcceptedDomain" }) to.Lists[kind] = from[kind].Select(x => x.Copy()).ToList();
            foreach (var list in new[] { "InternalSMTPServers", "TLSReceiveDomainSecureList", "TLSSendDomainSecureList" })
                if (from["TransportConfig"][0].TryGetValue(list, out var value)) to["TransportConfig"][0][list] = value;
            to.ForgetDomains();
        }

        public bool IsDowngraded(string server) => Machines.TryGetValue(server, out var machine) && machine["Transport"].Any(x => x.IsTrue("UseDowngradedExchangeServerAuth"));

        public Keeper StoreOf(FakeServer server) => Stores[server.IsEdge ? server.Name : ""];

        // Everything as text, for comparison and for the tests to read.
        public Dictionary<string, object> Describe()
        {
            object All(Dictionary<string, Keeper> keepers) => keepers.ToDictionary(x => x.Key, x => (object)x.Value.Lists.Where(y => y.Value.Count > 0).ToDictionary(y => y.Key, y => (object)y.Value.Select(Describe).ToList()));
            return Json.Obj("stores", All(Stores), "machines", All(Machines));
        }

        static object Describe(FakeObject one) => one.ToDictionary(x => x.Key, x => Canonical(x.Value));

        public static object Canonical(object value) => value switch
        {
            null => null,
            bool or int => value,
            Printed printed => printed.Canonical,
            MultiValuedProperty list => list.Cast<object>().Select(Canonical).OrderBy(x => x.ToString(), StringComparer.Ordinal).ToList(),
            PSCredential credential => credential.UserName.TrimStart('\\'),
            X509Certificate2 certificate => certificate.Thumbprint,
            DateTime time => time.ToString("o"),
            _ => value.ToString(),
        };

        // Where two worlds differ, one line for each property; properties without a value count as absent.
        public static List<string> Differences(World a, World b)
        {
            var found = new List<string>();
            void Flat(World w, Dictionary<string, string> into)
            {
                foreach (var (kind, keepers) in new[] { ("store", w.Stores), ("server", w.Machines) })
                    foreach (var keeper in keepers)
                        foreach (var list in keeper.Value.Lists)
                            foreach (var one in list.Value)
                                foreach (var property in one.Append(new KeyValuePair<string, object>("(exists)", true)))
                                {
                                    var canonical = Canonical(property.Value);
                                    if (canonical == null || property.Key == "Guid" || canonical is List<object> { Count: 0 }) continue;
                                    var key = string.Join("/", kind, keeper.Key, list.Key, Key(list.Key, one), property.Key);
                                    into[key] = canonical is List<object> items ? string.Join("|", items) : canonical.ToString();
                                }
            }
            var left = new Dictionary<string, string>(); var right = new Dictionary<string, string>();
            Flat(a, left); Flat(b, right);
            foreach (var key in left.Keys.Union(right.Keys).OrderBy(x => x, StringComparer.Ordinal))
            {
                left.TryGetValue(key, out var l); right.TryGetValue(key, out var r);
                if (l != r) found.Add(key + ": " + (l ?? "(none)") + " is now " + (r ?? "(none)"));
            }
            return found;
        }

        public static string Key(string kind, FakeObject one) => kind switch
        {
            "ReceiveConnector" => one.Text("Server") + "\\" + one.Text("Name"),
            "ExchangeCertificate" or "Root" => one.Text("Thumbprint"),
            "ADPermission" => one.Text("Identity") + " " + one.Text("User") + " " + string.Join(" ", one.List("ExtendedRights")),
            "TransportConfig" => "",
            "AcceptedDomain" => one.Text("DomainName"),
            _ => one.Text("Name"),
        };
    }

    // A refusal: what Exchange would write as an error; the constraint that it comes from stands in front.
    sealed class FakeFault : Exception { public FakeFault(string message) : base(message) { } }
}
