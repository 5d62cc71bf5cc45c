// Runs a script in a runspace with stand-ins, and binds commands without running them.
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
    static class Running
    {
        public static Runspace Open(TestHost host, Action<InitialSessionState> with = null)
        {
            // CreateDefault() would also look for the Utility, Management, Security and Host assemblies and throw.
            var iss = InitialSessionState.CreateDefault2();
            iss.Assemblies.Remove("Microsoft.PowerShell.Security", typeof(SessionStateAssemblyEntry));  // named by the core type data, not here
            iss.DisableFormatUpdates = true;   // nothing is ever formatted for display
            iss.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, ""));
            // PSHOST_IMPORT: real cmdlet assemblies (path list), where somebody has them; the stand-ins then stay out
            var real = (Environment.GetEnvironmentVariable("PSHOST_IMPORT") ?? "").Split(new[] { Path.PathSeparator }, StringSplitOptions.RemoveEmptyEntries);
            if (real.Length == 0) AddStandIns(iss);
            with?.Invoke(iss);
            var rs = RunspaceFactory.CreateRunspace(host, iss);
            rs.ThreadOptions = PSThreadOptions.UseCurrentThread;
            rs.Open();
            Runspace.DefaultRunspace = rs;
            foreach (var m in real) Import(rs, m);
            return rs;
        }

        static void AddStandIns(InitialSessionState iss)
        {
            foreach (var t in typeof(Running).Assembly.GetTypes().Where(t => typeof(Cmdlet).IsAssignableFrom(t) && !t.IsAbstract && !typeof(FakeCmdlet).IsAssignableFrom(t)))
            {
                var a = (CmdletAttribute)t.GetCustomAttributes(typeof(CmdletAttribute), false)[0];
                iss.Commands.Add(new SessionStateCmdletEntry(a.VerbName + "-" + a.NounName, t, null));
            }
            // Every other stand-in is a function of Shims.ps1, put into the global scope: a function there sees its caller's
            // preference variables, as the cmdlet it stands for would; one in a module would not.
            Token[] tk; ParseError[] er;
            var shims = Parser.ParseFile(Path.Combine(Path.GetDirectoryName(typeof(Running).Assembly.Location), "Shims.ps1"), out tk, out er);
            if (er.Length > 0) throw new InvalidOperationException("Shims.ps1: " + er[0].Message);
            foreach (FunctionDefinitionAst f in shims.FindAll(x => x is FunctionDefinitionAst, false))
                iss.Commands.Add(new SessionStateFunctionEntry(f.Name, Inner(f.Body.Extent.Text)));
        }

        static string Inner(string block) => block.Substring(1, block.Length - 2);   // a function body's extent holds its braces

        public static void Import(Runspace rs, string module)
        {
            using (var ps = PowerShell.Create())
            {
                ps.Runspace = rs;
                ps.AddCommand("Import-Module").AddParameter("Name", Path.GetFullPath(module)).AddParameter("Global").AddParameter("DisableNameChecking").AddParameter("ErrorAction", "Stop");
                ps.Invoke();
            }
        }

        public static Dictionary<string, object> Run(string module, string script, string[] args)
        {
            var host = new TestHost();
            using (var rs = Open(host))
            {
                rs.SessionStateProxy.SetVariable("PSHostCalls", new ArrayList());
                Import(rs, module);
                object terminating = null; bool had; string state;
                var output = new List<PSObject>();   // filled as the script runs, so that what came before a failure is kept
                Dictionary<string, object> streams;
                using (var ps = PowerShell.Create())
                {
                    ps.Runspace = rs;
                    // as typed at a prompt: a scope of its own, whose preference variables module functions (implicit remoting's
                    // proxies among them) don't see. PSHOST_SCOPE=global runs it as powershell.exe -File does.
                    ps.AddCommand(Path.GetFullPath(script), Environment.GetEnvironmentVariable("PSHOST_SCOPE") != "global");
                    for (int i = 0; i < args.Length; i++)
                        if (args[i].Length > 1 && args[i][0] == '-' && char.IsLetter(args[i][1]))
                        {
                            var bare = i + 1 >= args.Length || args[i + 1].StartsWith("-", StringComparison.Ordinal);
                            ps.AddParameter(args[i].Substring(1), bare ? (object)new SwitchParameter(true) : args[++i]);
                        }
                        else ps.AddArgument(args[i]);
                    try { ps.Invoke(null, output); }
                    catch (RuntimeException e) { terminating = Error(e.ErrorRecord); }
                    had = ps.HadErrors; state = ps.InvocationStateInfo.State.ToString();
                    streams = Json.Obj(
                        "output", output,
                        "error", ps.Streams.Error.Select(Error).ToList(),
                        "warning", ps.Streams.Warning.Select(x => (object)x.Message).ToList(),
                        "verbose", ps.Streams.Verbose.Select(x => (object)x.Message).ToList(),
                        "debug", ps.Streams.Debug.Select(x => (object)x.Message).ToList(),
                        "information", ps.Streams.Information.Select(x => (object)Json.Obj("message", Convert.ToString(x.MessageData, CultureInfo.InvariantCulture), "tags", x.Tags)).ToList());
                }
                return Json.Obj(
                    "state", state, "hadErrors", had, "terminating", terminating,
                    "exitCode", terminating != null ? 1 : host.ExitCode ?? rs.SessionStateProxy.GetVariable("LASTEXITCODE") ?? 0,   // as powershell.exe -File
                    "streams", streams, "host", host.Lines, "prompts", host.Prompts,
                    "calls", rs.SessionStateProxy.GetVariable("PSHostCalls"));
            }
        }

        public static Dictionary<string, object> Bind(string module, string file)
        {
            var d = Parsing.File(file);
            using (var rs = Open(new TestHost()))
            {
                Import(rs, module);
                Token[] t; ParseError[] e;
                var ast = Parser.ParseInput(Parsing.Decode(System.IO.File.ReadAllBytes(file)), out t, out e);
                var res = new List<object>();
                var inv = rs.SessionStateProxy.InvokeCommand;
                foreach (CommandAst c in ast.FindAll(x => x is CommandAst, true))
                {
                    var name = c.GetCommandName();
                    if (name == null) continue;
                    var known = inv.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Function | CommandTypes.Alias) != null || ast.Find(x => x is FunctionDefinitionAst f && f.Name.Equals(name, StringComparison.OrdinalIgnoreCase), true) != null;
                    var r = Json.Obj("name", name, "at", Parsing.At(c.Extent), "known", known);
                    if (known)
                        try
                        {
                            var b = StaticParameterBinder.BindCommand(c, true);
                            r["bound"] = b.BoundParameters.ToDictionary(p => p.Key, p => (object)(p.Value.Value == null ? null : Parsing.Value(p.Value.Value)));
                            r["failures"] = b.BindingExceptions.Select(p => (object)Json.Obj("element", p.Key, "message", p.Value.BindingException.Message)).ToList();
                        }
                        catch (Exception x) { r["failures"] = new List<object> { Json.Obj("element", null, "message", x.Message) }; }
                    res.Add(r);
                }
                d["binding"] = res;
            }
            return d;
        }

        public static object Error(ErrorRecord r) => Json.Obj(
            "message", r.ToString(), "id", r.FullyQualifiedErrorId, "category", r.CategoryInfo.Category.ToString(),
            "exception", r.Exception.GetType().FullName,
            "line", r.InvocationInfo == null ? 0 : r.InvocationInfo.ScriptLineNumber,
            "command", r.InvocationInfo == null || r.InvocationInfo.MyCommand == null ? null : r.InvocationInfo.MyCommand.Name);
    }
}
