// A long-lived host: one request a line as JSON on standard input, one answer a line on standard output.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pshost
{
    static class Serving
    {
        static readonly Dictionary<string, FakeCatalogue> Catalogues = new();
        static readonly Dictionary<int, World> Worlds = new();
        static readonly Dictionary<string, (Runspace Runspace, TestHost Host)> Shells = new();
        static int _next;

        public static int Serve()
        {
            // Scripts must not reach the stream of the answers.
            using var output = Console.OpenStandardOutput();
            Console.SetOut(TextWriter.Null);
            for (string line; (line = Console.In.ReadLine()) != null;)
            {
                object answer;
                try { using var document = JsonDocument.Parse(line); answer = Answer(document.RootElement); }
                catch (Exception e) { answer = Json.Obj("fault", e.ToString()); }
                using (var w = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) Json.Write(w, answer, 0);
                output.WriteByte((byte)'\n');
                output.Flush();
            }
            return 0;
        }

        static object Answer(JsonElement r)
        {
            int Id(string name) => r.GetProperty(name).GetInt32();
            switch (r.GetProperty("do").GetString())
            {
                case "inspect": return r.GetProperty("pairs").EnumerateArray().Select(x => (object)Inspecting.Text(x[0].GetString(), x[1].GetString(), r.GetProperty("marker").GetString())).ToList();
                case "values": return Parsing.Values(r.GetProperty("expressions").GetRawText());
                case "catalogue": Catalogues[r.GetProperty("version").GetString()] = FakeCatalogue.Read(r); return true;
                case "world": Worlds[++_next] = NewWorld(r); return _next;
                case "copy": Worlds[++_next] = Worlds[Id("world")].Copy(); return _next;
                case "drop": return Worlds.Remove(Id("world"));
                case "state": return Worlds[Id("world")].Describe();
                case "compare": return World.Differences(Worlds[Id("world")], Worlds[Id("with")]);
                case "plant": return Planting.Plant(Worlds[Id("world")], r);
                case "run": return Run(r);
                default: throw new InvalidOperationException("unknown request");
            }
        }

        static World NewWorld(JsonElement r)
        {
            var world = new World
            {
                Catalogue = Catalogues[r.GetProperty("version").GetString()],
                Servers = r.GetProperty("servers").EnumerateArray().Select(s => new FakeServer
                {
                    Name = s.GetProperty("name").GetString(), Fqdn = s.GetProperty("fqdn").GetString(), Role = s.GetProperty("role").GetString(), Site = s.TryGetProperty("site", out var site) ? site.GetString() : null,
                    IsEdge = s.GetProperty("role").GetString() == "edge", IsSubscribed = s.GetProperty("subscribed").GetBoolean(), Addresses = s.GetProperty("addresses").EnumerateArray().Select(x => x.GetString()).ToArray(),
                }).ToList(),
            };
            world.Stores[""] = new Keeper { Name = "" };
            foreach (var server in world.Servers)
            {
                world.Machines[server.Name] = new Keeper { Name = server.Name };
                if (server.IsEdge) world.Stores[server.Name] = new Keeper { Name = server.Name };
            }
            foreach (var store in world.Stores.Values)
            {
                var config = new FakeObject();
                foreach (var s in world.Catalogue.Settings["TransportConfig"].Values) config[s.Name] = s.List && s.Form != "enum" ? new MultiValuedProperty(Array.Empty<object>()) : null;
                foreach (var value in world.Catalogue.Defaults.GetProperty("TransportConfig").EnumerateObject())
                    config[value.Name] = world.Catalogue.Take(world.Catalogue.Settings["TransportConfig"][value.Name], FakeCalls.Plain(value.Value), (s, text) => text);
                store["TransportConfig"].Add(config);
            }
            return world;
        }

        static object Run(JsonElement r)
        {
            FakeShell.World = Worlds[r.GetProperty("world").GetInt32()];
            FakeShell.Server = FakeShell.World.Server(r.GetProperty("server").GetString()) ?? throw new InvalidOperationException("no such server");
            FakeShell.IsRemote = r.GetProperty("remote").GetBoolean();
            FakeShell.Calls = new List<object>();
            FakeShell.FaultAt = r.TryGetProperty("faultAt", out var at) ? at.GetInt32() : 0;
            FakeShell.FaultKind = r.TryGetProperty("faultKind", out var kind) ? kind.GetString() : null;
            FakeShell.IsBusy = false;
            FakeShell.Answer = r.TryGetProperty("answer", out var answer) && answer.GetString() == "yes";
            FakeShell.Questions = 0;
            var (runspace, host) = Shell(FakeShell.World.Catalogue, FakeShell.IsRemote);
            Runspace.DefaultRunspace = runspace;
            host.Lines.Clear(); host.Prompts.Clear();
            var given = new Hashtable();
            foreach (var argument in r.GetProperty("given").EnumerateObject()) given[argument.Name] = Given(argument.Value);
            string failure = null; var had = false; var lines = new List<object>();
            using (var ps = PowerShell.Create())
            {
                ps.Runspace = runspace;
                ps.AddScript(r.TryGetProperty("text", out var text) ? "param($__path, $__given) $global:LASTEXITCODE = 0; " + text.GetString() : "param($__path, $__given) $global:LASTEXITCODE = 0; & $__path @__given", true);
                ps.AddArgument(r.TryGetProperty("path", out var path) ? path.GetString() : "").AddArgument(given);
                var output = new List<PSObject>();
                try { ps.Invoke(null, output); } catch (RuntimeException e) { failure = e.Message + At(e.ErrorRecord); }
                had = ps.HadErrors;
                lines.AddRange(output.Where(x => x != null).Select(x => (object)x.ToString()));
                lines.AddRange(ps.Streams.Information.Select(x => (object)Convert.ToString(x.MessageData)));
                lines.AddRange(ps.Streams.Warning.Select(x => (object)("warning: " + x.Message)));
                lines.AddRange(ps.Streams.Error.Select(x => (object)("error: " + x)));
            }
            return Json.Obj("failure", failure, "exit", failure != null ? 1 : runspace.SessionStateProxy.GetVariable("LASTEXITCODE") ?? 0, "calls", FakeShell.Calls, "lines", lines, "prompts", host.Prompts.Count, "questions", FakeShell.Questions, "hadErrors", had);
        }

        static string At(ErrorRecord record) => record?.InvocationInfo == null ? "" : " [line " + record.InvocationInfo.ScriptLineNumber + "]";

        static object Given(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Object) return FakeCalls.Plain(value);
            var secret = new SecureString();
            foreach (var c in "secret") secret.AppendChar(c);
            return value.TryGetProperty("user", out var user) ? new PSCredential(user.GetString(), secret) : secret;
        }

        static (Runspace, TestHost) Shell(FakeCatalogue catalogue, bool isRemote)
        {
            var key = catalogue.Version + (isRemote ? " remote" : " local");
            if (Shells.TryGetValue(key, out var known)) return known;
            var host = new TestHost();
            var runspace = Running.Open(host, state =>
            {
                if (isRemote) return;
                foreach (var cmdlet in catalogue.Cmdlets.Keys)
                    state.Commands.Add(new SessionStateCmdletEntry(cmdlet, FakeShell.Reads(cmdlet) ? typeof(FakeRead) : cmdlet.StartsWith("Remove-", StringComparison.Ordinal) ? typeof(FakeRemoval) : typeof(FakeChange), null));
            });
            if (isRemote)
            {
                var module = Path.Combine(Path.GetTempPath(), "pshost-" + Environment.ProcessId + "-" + catalogue.Version + ".psm1");
                File.WriteAllText(module, InvokeFakeRemote.Module(catalogue));
                try { Running.Import(runspace, module); } finally { File.Delete(module); }
            }
            return Shells[key] = (runspace, host);
        }
    }

    // Changes behind the back of the scripts.
    static class Planting
    {
        public static object Plant(World world, JsonElement r)
        {
            var keeper = (r.GetProperty("on").GetString() == "server" ? world.Machines : world.Stores)[r.GetProperty("keeper").GetString()];
            var kind = r.GetProperty("kind").GetString();
            var list = keeper[kind];
            FakeObject Find() => r.TryGetProperty("key", out var key) ? list.FirstOrDefault(x => string.Equals(World.Key(kind, x), key.GetString(), StringComparison.OrdinalIgnoreCase)) ?? throw new InvalidOperationException("nothing to plant on: " + key) : list[0];
            switch (r.GetProperty("what").GetString())
            {
                case "remove":
                    var gone = Find();
                    if (kind == "ReceiveConnector") keeper["ADPermission"].RemoveAll(x => x.Text("Identity") == FakeCalls.Identity(gone));
                    // Exchange lets nobody remove the default certificate.
                    return list.Remove(gone) && !gone.IsTrue("IsDefault");
                case "certificate":
                    var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(r.GetProperty("file").GetString()));
                    list.Add(kind == "Root" ? FakeCalls.Made("Thumbprint", certificate.Thumbprint, "Certificate", certificate) : FakeCertificates.Describe(certificate));
                    if (r.TryGetProperty("isDefault", out _)) { list[^1]["IsDefault"] = true; list[^1]["Services"] = new Flags(r.GetProperty("services").EnumerateArray().Select(x => x.GetString()).ToArray()); }
                    return certificate.Thumbprint;
                default:
                    var one = Find();
                    var property = r.GetProperty("property").GetString();
                    var value = FakeCalls.Plain(r.GetProperty("value"));
                    var shell = world.Servers.FirstOrDefault(s => s.IsEdge ? s.Name == keeper.Name : keeper.Name == "");
                    var call = new Call { World = world, Shell = shell, Store = keeper, Cmdlet = "Plant", Bound = new Dictionary<string, object>() };
                    if (property == "AuthenticationCredential") { one[property] = new PSCredential((string)value, new SecureString()); return false; }
                    if (kind == "ExchangeCertificate") one[property] = new Flags(((string)value).Split(','));
                    else one[property] = world.Catalogue.Take(world.Catalogue.Settings[kind][property], value, (s, text) => FakeCalls.Reference(call, s, text));
                    call.One = one;
                    // Whether Exchange itself would have let somebody make this change alone.
                    try { if (kind == "ReceiveConnector") FakeRules.Receive(call); if (kind == "SendConnector") FakeRules.Send(call); return kind != "ExchangeCertificate"; }
                    catch (FakeFault) { return false; }
            }
        }
    }
}
