// The shell on one server: the cmdlets of its version, either as compiled commands (2007, Edge) or as functions of a
// module that send everything through the serializer (implicit remoting, 2010 and later).
using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Pshost
{
    // The run that goes on: there is one at a time.
    static class FakeShell
    {
        public static World World;
        public static FakeServer Server;
        public static bool IsRemote, IsBusy;
        public static List<object> Calls = new();
        // The call with this number fails, the way that the kind says; 0 is none.
        public static int FaultAt;
        public static string FaultKind;
        // What the administrator says to a question of Exchange, and how often it was asked.
        public static bool Answer;
        public static int Questions;
        public static bool Ask() { Questions++; return Answer; }

        // EXCH New-EdgeSubscription takes these away from the shell of a subscribed Edge server.
        public static bool IsDisabled(FakeServer server, string cmdlet) => server.IsSubscribed &&
            new[] { "SendConnector", "AcceptedDomain", "RemoteDomain" }.Any(noun => new[] { "New-", "Set-", "Remove-" }.Any(verb => string.Equals(cmdlet, verb + noun, StringComparison.OrdinalIgnoreCase)));

        public static bool Reads(string cmdlet) => cmdlet.StartsWith("Get-", StringComparison.Ordinal) || cmdlet.StartsWith("Test-", StringComparison.Ordinal);

        // Counts a call, and says how it shall fail.
        public static string Count(string cmdlet, IEnumerable<string> parameters, object about)
        {
            Calls.Add(Json.Obj("command", cmdlet, "parameters", parameters.ToList(), "about", about?.ToString(), "reads", Reads(cmdlet)));
            return Calls.Count == FaultAt ? FaultKind : null;
        }

        public static ErrorRecord Error(string cmdlet, string message) => new ErrorRecord(new InvalidOperationException(message), cmdlet, ErrorCategory.InvalidOperation, null);

        // Runs a call with its fault: "error" and "terminating" do nothing, "late" does all and then fails, as when the answer is lost.
        public static void Invoke(string cmdlet, Dictionary<string, object> bound, Action<object> write, Action<ErrorRecord> fail, Action<ErrorRecord> stop)
        {
            var about = bound.TryGetValue("Identity", out var identity) ? identity : bound.TryGetValue("Name", out var name) ? name : null;
            var fault = Count(cmdlet, bound.Keys.Where(x => x is not ("ErrorAction" or "Confirm")), about);
            var record = fault == null ? null : Error(cmdlet, cmdlet + ": injected, the domain controller does not answer");
            if (fault == "terminating") { stop(record); return; }
            if (fault == "error") { fail(record); return; }
            List<object> results;
            try { results = FakeCalls.Run(World, Server, cmdlet, bound); }
            catch (FakeFault refusal) { fail(Error(cmdlet, cmdlet + ": " + refusal.Message)); return; }
            foreach (var one in results) write(one);
            if (record != null) fail(record);
        }
    }

    public abstract class FakeCmdlet : PSCmdlet, IDynamicParameters
    {
        public object GetDynamicParameters()
        {
            var own = new RuntimeDefinedParameterDictionary();
            foreach (var (name, isSwitch) in FakeShell.World.Catalogue.Cmdlets[MyInvocation.MyCommand.Name])
                if (name is not ("WhatIf" or "Confirm"))
                    own.Add(name, new RuntimeDefinedParameter(name, isSwitch ? typeof(SwitchParameter) : typeof(object), new Collection<Attribute> { new ParameterAttribute() }));
            return own;
        }

        protected override void EndProcessing()
        {
            var name = MyInvocation.MyCommand.Name;
            if (FakeShell.IsDisabled(FakeShell.Server, name)) ThrowTerminatingError(FakeShell.Error("CommandNotFound", name + " is not recognized: an Edge subscription disables it"));
            var bound = MyInvocation.BoundParameters.ToDictionary(x => x.Key, x => FakeCatalogue.Bare(x.Value), StringComparer.OrdinalIgnoreCase);
            if (!FakeShell.Reads(name) && !ShouldProcess(bound.TryGetValue("Identity", out var i) ? i?.ToString() : name)) return;
            FakeShell.Invoke(name, bound, WriteObject, WriteError, ThrowTerminatingError);
        }
    }

    [Cmdlet("Fake", "Change", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)] public sealed class FakeChange : FakeCmdlet { }
    [Cmdlet("Fake", "Read")] public sealed class FakeRead : FakeCmdlet { }
    // EXCH Remove-ReceiveConnector -Confirm: it asks where nothing says otherwise.
    [Cmdlet("Fake", "Removal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)] public sealed class FakeRemoval : FakeCmdlet { }

    // What a proxy function of implicit remoting does: one pipeline at a time, and only what the serializer can carry.
    [Cmdlet("Invoke", "FakeRemote")]
    public sealed class InvokeFakeRemote : PSCmdlet
    {
        [Parameter(Mandatory = true)] public string Command { get; set; }
        [Parameter(Mandatory = true)] public IDictionary Bound { get; set; }
        [Parameter(Mandatory = true)] public PSCmdlet Caller { get; set; }

        protected override void EndProcessing()
        {
            if (FakeShell.IsBusy) { Caller.WriteError(FakeShell.Error("InvalidRunspaceStateException", "Pipelines cannot be executed concurrently.")); return; }
            var bound = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            foreach (DictionaryEntry entry in Bound) bound[(string)entry.Key] = Carried(entry.Value);
            if (bound.TryGetValue("WhatIf", out var whatIf) && LanguagePrimitives.IsTrue(whatIf)) return;
            var asks = Command.StartsWith("Remove-", StringComparison.Ordinal) && !(bound.TryGetValue("Confirm", out var confirm) && !LanguagePrimitives.IsTrue(confirm));
            if (asks) { Caller.WriteError(FakeShell.Error(Command, Command + " asks for confirmation, and nobody is there to answer")); return; }
            FakeShell.IsBusy = true;
            try { FakeShell.Invoke(Command, bound, one => WriteObject(Carried(one)), Caller.WriteError, Caller.ThrowTerminatingError); }
            finally { FakeShell.IsBusy = false; }
        }

        static object Carried(object value)
        {
            var bare = FakeCatalogue.Bare(value);
            if (bare is null or bool or string or int or SecureString or PSCredential or SwitchParameter or byte[]) return bare;
            // Exchange has its types come over as texts, directory objects by their name. Source: PS about_Remote_Output.
            if (bare is PSObject shown) foreach (var p in shown.Properties) p.Value = AsText(p.Value);
            var credential = bare is PSObject with ? with.Properties["AuthenticationCredential"]?.Value as PSCredential : null;
            if (credential != null) ((PSObject)bare).Properties["AuthenticationCredential"].Value = null;
            var back = PSSerializer.Deserialize(PSSerializer.Serialize(bare, 1));
            if (credential != null) ((PSObject)back).Properties["AuthenticationCredential"].Value = credential;
            return back is PSObject p2 && p2.BaseObject is not PSCustomObject ? p2.BaseObject : back;
        }

        static object AsText(object value) => value switch
        {
            Printed printed => printed.ToString().StartsWith("contoso.local/", StringComparison.Ordinal) ? printed.ToString().Split('/').Last() : printed.ToString(),
            MultiValuedProperty list => new MultiValuedProperty(list.Cast<object>().Select(AsText)),
            _ => value,
        };

        // The module of one version; its functions do not see the preference variables of the script that calls them.
        internal static string Module(FakeCatalogue catalogue)
        {
            var text = new StringBuilder();
            foreach (var (cmdlet, parameters) in catalogue.Cmdlets)
                text.Append("function ").Append(cmdlet).Append(" { [CmdletBinding(PositionalBinding = $false)] param(")
                    .Append(string.Join(", ", parameters.Select(p => (p.Value ? "[switch]" : "") + "${" + p.Key + "}")))
                    .Append(") end { Invoke-FakeRemote -Command '").Append(cmdlet).Append("' -Bound $PSBoundParameters -Caller $PSCmdlet } }\n");
            return text.ToString();
        }
    }
}
