// What belongs to the computer and not to Exchange: its trusted roots, its services, and the plain cmdlets that the engine
// alone does not bring and that scripts use so often that a function would be slow.
using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pshost
{
    // Stands for X509Store 'Root', 'LocalMachine'.
    public sealed class FakeRootStore
    {
        static List<FakeObject> Roots => FakeShell.World.Machines[FakeShell.Server.Name]["Root"];
        public void Open(object flags) { }
        public void Close() { }
        public object[] Certificates => Roots.Select(x => x["Certificate"]).ToArray();
        public void Add(X509Certificate2 root)
        {
            Fail("X509Store.Add");
            if (!Roots.Any(x => x.Text("Thumbprint") == root.Thumbprint)) Roots.Add(FakeCalls.Made("Thumbprint", root.Thumbprint, "Certificate", root));
        }
        public void Remove(X509Certificate2 root) { Fail("X509Store.Remove"); Roots.RemoveAll(x => x.Text("Thumbprint") == root.Thumbprint); }
        static void Fail(string what) { if (FakeShell.Count(what, Array.Empty<string>(), "") != null) throw new InvalidOperationException(what + ": injected, access is denied"); }
    }

    [Cmdlet("New", "Object")]
    public sealed class NewObjectStandIn : PSCmdlet
    {
        [Parameter(Mandatory = true, Position = 0)] public string TypeName { get; set; }
        [Parameter(Position = 1)] public object[] ArgumentList { get; set; }
        [Parameter] public IDictionary Property { get; set; }
        protected override void EndProcessing()
        {
            if (TypeName.EndsWith("X509Certificates.X509Store", StringComparison.Ordinal) && FakeShell.World != null) { WriteObject(new FakeRootStore()); return; }
            object made;
            if (TypeName is "PSObject" or "System.Management.Automation.PSObject") made = new PSObject();
            else
            {
                var type = LanguagePrimitives.ConvertTo<Type>(TypeName);
                var given = (ArgumentList ?? Array.Empty<object>()).Select(FakeCatalogue.Bare).ToArray();
                if (type == typeof(X509Certificate2) && given.Length == 1 && given[0] is string path) made = X509Certificate2.CreateFromPem(File.ReadAllText(path));
                else made = given.Length == 0 ? Activator.CreateInstance(type) : type.GetConstructors().Where(c => c.GetParameters().Length == given.Length).Select(c => Try(c, given)).FirstOrDefault(x => x != null) ?? throw new InvalidOperationException("no constructor of " + TypeName);
            }
            var shown = PSObject.AsPSObject(made);
            if (Property != null)
                foreach (DictionaryEntry entry in Property)
                    if (made is PSObject) shown.Properties.Add(new PSNoteProperty((string)entry.Key, entry.Value)); else shown.Properties[(string)entry.Key].Value = entry.Value;
            WriteObject(made, false);
        }
        static object Try(System.Reflection.ConstructorInfo constructor, object[] given)
        {
            try { return constructor.Invoke(given.Select((x, i) => LanguagePrimitives.ConvertTo(x, constructor.GetParameters()[i].ParameterType)).ToArray()); }
            catch (Exception e) when (e is PSInvalidCastException or System.Reflection.TargetInvocationException) { return null; }
        }
    }

    [Cmdlet("Sort", "Object")]
    public sealed class SortObjectStandIn : PSCmdlet
    {
        [Parameter(Position = 0)] public string Property { get; set; }
        [Parameter] public SwitchParameter Descending { get; set; }
        [Parameter] public SwitchParameter Unique { get; set; }
        [Parameter(ValueFromPipeline = true)] public PSObject InputObject { get; set; }
        readonly List<(string Key, PSObject One)> _all = new();
        protected override void ProcessRecord() { if (InputObject != null) _all.Add((Key(Property == null ? InputObject : InputObject.Properties[Property]?.Value), InputObject)); }
        protected override void EndProcessing()
        {
            var sorted = _all.OrderBy(x => x.Key, StringComparer.OrdinalIgnoreCase).ToList();
            if (Descending) sorted.Reverse();
            string last = null; var first = true;
            foreach (var (key, one) in sorted) { if (!Unique || first || !string.Equals(key, last, StringComparison.OrdinalIgnoreCase)) WriteObject(one); last = key; first = false; }
        }
        static string Key(object value) => FakeCatalogue.Bare(value) switch { DateTime time => time.ToString("o"), var other => LanguagePrimitives.ConvertTo<string>(other) };
    }

    // CLIXML as Export-Clixml writes it. Source: PS Export-Clixml (depth 2).
    [Cmdlet("Export", "Clixml", SupportsShouldProcess = true)]
    public sealed class ExportClixmlStandIn : PSCmdlet
    {
        [Parameter(Mandatory = true, Position = 0)] public string Path { get; set; }
        [Parameter] public int Depth { get; set; } = 2;
        [Parameter] public string Encoding { get; set; }
        [Parameter] public SwitchParameter Force { get; set; }
        [Parameter] public SwitchParameter NoClobber { get; set; }
        [Parameter(ValueFromPipeline = true)] public PSObject InputObject { get; set; }
        readonly List<PSObject> _all = new();
        protected override void ProcessRecord() => _all.Add(InputObject);
        protected override void EndProcessing()
        {
            var path = GetUnresolvedProviderPathFromPSPath(Path);
            if (!ShouldProcess(path)) return;
            if (NoClobber && File.Exists(path)) ThrowTerminatingError(new ErrorRecord(new IOException(path + " is there already"), "NoClobber", ErrorCategory.ResourceExists, path));
            File.WriteAllText(path, PSSerializer.Serialize(_all.Count == 1 ? _all[0] : _all.ToArray(), Depth), System.Text.Encoding.Unicode);
        }
    }

    [Cmdlet("Import", "Clixml")]
    public sealed class ImportClixmlStandIn : PSCmdlet
    {
        [Parameter(Mandatory = true, Position = 0)] public string Path { get; set; }
        protected override void EndProcessing() => WriteObject(PSSerializer.Deserialize(File.ReadAllText(GetUnresolvedProviderPathFromPSPath(Path))), true);
    }

    [Cmdlet("Get", "Service")]
    public sealed class GetServiceStandIn : PSCmdlet
    {
        [Parameter(Position = 0)] public string[] Name { get; set; }
        protected override void EndProcessing()
        {
            foreach (var name in new[] { "MSExchangeTransport", "MSExchangeFrontEndTransport", "MSExchangeEdgeSync" })
                if (Name == null || Name.Contains(name, StringComparer.OrdinalIgnoreCase)) WriteObject(FakeCalls.Shown(FakeCalls.Made("Name", name, "Status", "Running")));
        }
    }

    [Cmdlet("Restart", "Service", SupportsShouldProcess = true)]
    public sealed class RestartServiceStandIn : PSCmdlet
    {
        [Parameter(Mandatory = true, Position = 0)] public string[] Name { get; set; }
        [Parameter] public SwitchParameter Force { get; set; }
        protected override void EndProcessing()
        {
            foreach (var name in Name)
                if (ShouldProcess(name) && FakeShell.Count("Restart-Service", new[] { "Name" }, name) != null) WriteError(FakeShell.Error("Restart-Service", "injected: the service does not answer"));
        }
    }

    // What the preflight asks the computer in place of .NET; the tests put these commands into the scripts.
    [Cmdlet("Get", "FakeComputer")]
    public sealed class GetFakeComputer : PSCmdlet
    {
        [Parameter(Mandatory = true)] public string What { get; set; }
        protected override void EndProcessing() => WriteObject(What == "Name" ? FakeShell.Server.Name : FakeShell.Server.Addresses, true);
    }
}
