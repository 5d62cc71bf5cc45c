// pshost: the PowerShell engine (System.Management.Automation alone) behind a JSON command line, for tests.
//   pshost parse FILE...              parse errors, commands with parameters, language-version findings, byte facts
//   pshost values < expressions.json  ["'a'", "@('x','y')", ...] -> what PowerShell takes each constant expression to be
//   pshost bind MODULE FILE           parse + static binding of every command against MODULE's functions (nothing is run)
//   pshost serve                      one JSON request a line, one answer a line, until standard input ends
//   pshost run MODULE SCRIPT [ARG...] import MODULE, run SCRIPT, print streams, exit code, prompts and $global:PSHostCalls
// Exit status: 0 when a JSON document was printed, 2 on usage, 70 on an internal fault. Results are in the JSON only.
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
    public static class Program
    {
        public static int Main(string[] args)
        {
            // Before any engine type is touched: its PowerShell class reports usage over the network as it is created, and
            // the module analysis cache is a file in the home directory.
            Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
            Environment.SetEnvironmentVariable("POWERSHELL_UPDATECHECK", "Off");
            Environment.SetEnvironmentVariable("PSModuleAnalysisCachePath", Path.Combine(Path.GetTempPath(), "pshost-" + System.Diagnostics.Process.GetCurrentProcess().Id + ".cache"));
            Environment.SetEnvironmentVariable("NO_COLOR", "1");
            try { return Dispatch(args); }
            catch (Exception e) { Console.Error.WriteLine(e); return 70; }
        }

        // A frame of its own, so that the JIT loads the engine only after the variables above are set.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static int Dispatch(string[] a)
        {
            if (a.Length == 1 && a[0] == "serve") return Serving.Serve();
            if (a.Length >= 2 && a[0] == "parse") return Print(a.Skip(1).Select(f => (object)Parsing.File(f)).ToList());
            if (a.Length == 1 && a[0] == "values") return Print(Parsing.Values(Console.In.ReadToEnd()));
            if (a.Length == 3 && a[0] == "bind") return Print(Running.Bind(a[1], a[2]));
            if (a.Length >= 3 && a[0] == "run") return Print(Running.Run(a[1], a[2], a.Skip(3).ToArray()));
            Console.Error.WriteLine("usage: pshost serve | parse FILE... | values < JSON | bind MODULE FILE | run MODULE SCRIPT [ARG...]");
            return 2;
        }

        static int Print(object o)
        {
            using (var s = Console.OpenStandardOutput())
            using (var w = new Utf8JsonWriter(s, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
                Json.Write(w, o, 0);
            Console.Out.WriteLine();
            return 0;
        }
    }
}
