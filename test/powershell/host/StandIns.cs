// Stand-ins for the Write-* cmdlets of Commands.Utility, which the engine alone does not have.
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
    [Cmdlet("Write", "Output")]
    public sealed class WriteOutputStandIn : PSCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromRemainingArguments = true), AllowNull, AllowEmptyCollection] public PSObject InputObject { get; set; }
        [Parameter] public SwitchParameter NoEnumerate { get; set; }
        protected override void ProcessRecord() => WriteObject(InputObject, !NoEnumerate.IsPresent);
    }

    [Cmdlet("Write", "Host")]
    public sealed class WriteHostStandIn : PSCmdlet
    {
        [Parameter(Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)] public object Object { get; set; }
        [Parameter] public SwitchParameter NoNewline { get; set; }
        [Parameter] public object Separator { get; set; } = " ";
        [Parameter] public ConsoleColor ForegroundColor { get; set; }
        [Parameter] public ConsoleColor BackgroundColor { get; set; }
        protected override void ProcessRecord()
        {
            var e = LanguagePrimitives.GetEnumerable(Object);
            var s = e == null ? Text(Object) : string.Join(Text(Separator), e.Cast<object>().Select(Text));
            WriteInformation(s, new[] { "PSHOST" });
        }
        static string Text(object o) => o == null ? "" : LanguagePrimitives.ConvertTo<string>(o);
    }

    public abstract class MessageStandIn : PSCmdlet
    {
        [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true), Alias("Msg"), AllowEmptyString] public string Message { get; set; }
    }
    [Cmdlet("Write", "Warning")] public sealed class WriteWarningStandIn : MessageStandIn { protected override void ProcessRecord() => WriteWarning(Message); }
    [Cmdlet("Write", "Verbose")] public sealed class WriteVerboseStandIn : MessageStandIn { protected override void ProcessRecord() => WriteVerbose(Message); }
    [Cmdlet("Write", "Debug")] public sealed class WriteDebugStandIn : MessageStandIn { protected override void ProcessRecord() => WriteDebug(Message); }

    [Cmdlet("Write", "Error", DefaultParameterSetName = "Message")]
    public sealed class WriteErrorStandIn : PSCmdlet
    {
        [Parameter(Position = 0, ParameterSetName = "Message", Mandatory = true, ValueFromPipeline = true), AllowEmptyString] public string Message { get; set; }
        [Parameter(ParameterSetName = "Exception", Mandatory = true)] public Exception Exception { get; set; }
        [Parameter(ParameterSetName = "ErrorRecord", Mandatory = true)] public ErrorRecord ErrorRecord { get; set; }
        [Parameter] public string ErrorId { get; set; }
        [Parameter] public ErrorCategory Category { get; set; }
        [Parameter] public object TargetObject { get; set; }
        protected override void ProcessRecord()
        {
            var x = Exception ?? new Microsoft.PowerShell.Commands.WriteErrorException(Message ?? "");
            WriteError(ErrorRecord ?? new ErrorRecord(x, ErrorId ?? x.GetType().FullName, Category, TargetObject));
        }
    }
}

namespace Microsoft.PowerShell.Commands
{
    // Write-Error's own exception type lives in Commands.Utility; scripts may name it in a catch clause.
    public class WriteErrorException : System.Exception { public WriteErrorException(string m) : base(m) { } }
}
