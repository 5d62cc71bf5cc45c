// A host that records what would be shown.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pshost
{
    sealed class TestHost : PSHost
    {
        readonly TestUI _ui; readonly Guid _id = Guid.NewGuid();
        public readonly List<object> Lines = new List<object>(), Prompts = new List<object>();
        public int? ExitCode;
        public TestHost() { _ui = new TestUI(this); }
        public override string Name => "pshost";
        public override Version Version => new Version(1, 0);
        public override Guid InstanceId => _id;
        public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;
        public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;
        public override PSHostUserInterface UI => _ui;
        public override void SetShouldExit(int code) { ExitCode = code; }
        public override void EnterNestedPrompt() => throw new NotSupportedException();
        public override void ExitNestedPrompt() { }
        public override void NotifyBeginApplication() { }
        public override void NotifyEndApplication() { }
    }

    // Records what would be shown; never answers a question: a script that stops to ask is a finding, not a wait.
    sealed class TestUI : PSHostUserInterface
    {
        readonly TestHost _h; readonly StringBuilder _part = new StringBuilder();
        public TestUI(TestHost h) { _h = h; }
        public override PSHostRawUserInterface RawUI => null;
        public override void Write(string v) => _part.Append(v);
        public override void Write(ConsoleColor f, ConsoleColor b, string v) => Write(v);
        public override void WriteLine(string v) { _h.Lines.Add(_part + v); _part.Clear(); }
        public override void WriteErrorLine(string v) => _h.Lines.Add("ERROR: " + v);
        public override void WriteDebugLine(string m) => _h.Lines.Add("DEBUG: " + m);
        public override void WriteVerboseLine(string m) => _h.Lines.Add("VERBOSE: " + m);
        public override void WriteWarningLine(string m) => _h.Lines.Add("WARNING: " + m);
        public override void WriteProgress(long id, ProgressRecord r) { }
        Exception Ask(string kind, string caption, string message)
        {
            _h.Prompts.Add(Json.Obj("kind", kind, "caption", caption, "message", message));
            return new PSInvalidOperationException("pshost is not interactive: " + kind + " prompt: " + caption + " " + message);
        }
        public override string ReadLine() => throw Ask("line", "", "");
        public override System.Security.SecureString ReadLineAsSecureString() => throw Ask("secret", "", "");
        public override Dictionary<string, PSObject> Prompt(string c, string m, System.Collections.ObjectModel.Collection<FieldDescription> d) => throw Ask("fields", c, m + " " + string.Join(",", d.Select(x => x.Name)));
        public override PSCredential PromptForCredential(string c, string m, string u, string t) => throw Ask("credential", c, m);
        public override PSCredential PromptForCredential(string c, string m, string u, string t, PSCredentialTypes y, PSCredentialUIOptions o) => throw Ask("credential", c, m);
        public override int PromptForChoice(string c, string m, System.Collections.ObjectModel.Collection<ChoiceDescription> x, int d) => throw Ask("choice", c, m);
    }
}
