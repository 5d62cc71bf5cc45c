// Findings about the language version.
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
    // Which PowerShell a text needs, beyond what "it parses" (by this engine, a 7.x) can say.
    static class LanguageVersion
    {
        public static List<object> Findings(Ast root, Token[] tokens)
        {
            var l = OfTokens(tokens);
            foreach (var a in root.FindAll(x => true, true)) OfNode(a, l);
            return l;
        }

        static void Note(List<object> l, string since, string what, IScriptExtent at) => l.Add(Json.Obj("since", since, "what", what, "at", Parsing.At(at), "text", Parsing.Clip(at.Text)));

        public static List<object> OfTokens(Token[] tokens)
        {
            var l = new List<object>();
            void Add(string since, string what, IScriptExtent at) => Note(l, since, what, at);
            Token prev = null;
            foreach (var t in tokens)
            {
                switch (t.Kind)
                {
                    case TokenKind.AndAnd: case TokenKind.OrOr: Add("7.0", "pipeline chain operator", t.Extent); break;
                    case TokenKind.Pipe:
                        if (prev == null || prev.Kind == TokenKind.NewLine || t.Extent.StartColumnNumber == 1 + LeadingBlanks(t.Extent)) Add("7.0", "line that begins with a pipe", t.Extent);
                        break;
                    case TokenKind.In: case TokenKind.Iin: if ((t.TokenFlags & TokenFlags.BinaryOperator) != 0) Add("3.0", "-in operator", t.Extent); break;
                    case TokenKind.Inotin: case TokenKind.Cin: case TokenKind.Cnotin: Add("3.0", "-in/-notin operator", t.Extent); break;
                    case TokenKind.Shl: case TokenKind.Shr: Add("3.0", "-shl/-shr operator", t.Extent); break;
                    case TokenKind.Comment: if (t.Text.StartsWith("<#", StringComparison.Ordinal)) Add("2.0", "block comment", t.Extent); break;
                    case TokenKind.Number: if (System.Text.RegularExpressions.Regex.IsMatch(t.Text, "(?i)^0b|(u|y|uy|us|s|ul|n)(kb|mb|gb|tb|pb)?$") && !t.Text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) Add("6.2", "numeric suffix or binary literal", t.Extent); break;
                }
                if ((t.Kind == TokenKind.StringExpandable || t.Kind == TokenKind.HereStringExpandable) && System.Text.RegularExpressions.Regex.IsMatch(t.Text, "(?<!`)(``)*`(u\\{|e)")) Add("6.0", "`u{} or `e escape", t.Extent);
                if (t.Kind == TokenKind.SplattedVariable) Add("2.0", "splatting", t.Extent);
                if (t.Kind != TokenKind.Comment && t.Kind != TokenKind.LineContinuation) prev = t;
            }
            return l;
        }

        public static void OfNode(Ast a, List<object> l)
        {
            void Add(string since, string what, IScriptExtent at) => Note(l, since, what, at);
            switch (a)
            {
                case TernaryExpressionAst _: Add("7.0", "ternary", a.Extent); break;
                case BinaryExpressionAst b when b.Operator.ToString() == "QuestionQuestion": Add("7.0", "??", a.Extent); break;
                case BinaryExpressionAst b when b.Operator == TokenKind.Join || b.Operator == TokenKind.Isplit || b.Operator == TokenKind.Csplit: Add("2.0", "-join/-split", a.Extent); break;
                case AssignmentStatementAst s when s.Operator.ToString() == "QuestionQuestionEquals": Add("7.0", "??=", a.Extent); break;
                case PipelineAst p when p.Background: Add("6.0", "background &", a.Extent); break;
                case TypeDefinitionAst _: Add("5.0", "class or enum", a.Extent); break;
                case UsingStatementAst _: Add("5.0", "using statement", a.Extent); break;
                case UsingExpressionAst _: Add("3.0", "$using:", a.Extent); break;
                case ConfigurationDefinitionAst _: Add("4.0", "configuration", a.Extent); break;
                case TryStatementAst _: Add("2.0", "try", a.Extent); break;
                case DataStatementAst _: Add("2.0", "data section", a.Extent); break;
                case NamedAttributeArgumentAst n when n.ExpressionOmitted: Add("3.0", "attribute argument without a value", a.Extent); break;
                case AttributeAst at when at.TypeName.Name.Equals("CmdletBinding", StringComparison.OrdinalIgnoreCase) || at.TypeName.Name.Equals("Parameter", StringComparison.OrdinalIgnoreCase): Add("2.0", "advanced function attribute", a.Extent); break;
                case ConvertExpressionAst c when c.Type.TypeName.Name.Equals("ordered", StringComparison.OrdinalIgnoreCase) || c.Type.TypeName.Name.Equals("pscustomobject", StringComparison.OrdinalIgnoreCase): Add("3.0", "[ordered] or [pscustomobject] literal", a.Extent); break;
                case MergingRedirectionAst m when m.FromStream != RedirectionStream.Error && m.FromStream != RedirectionStream.Output: Add("3.0", "redirection of streams 3-6 or *", a.Extent); break;
                case FileRedirectionAst m when m.FromStream != RedirectionStream.Error && m.FromStream != RedirectionStream.Output: Add("3.0", "redirection of streams 3-6 or *", a.Extent); break;
                case InvokeMemberExpressionAst i when Is(i.Member, "new") && i.Static: Add("5.0", "::new()", a.Extent); break;
                case InvokeMemberExpressionAst i when !i.Static && (Is(i.Member, "foreach") || Is(i.Member, "where")): Add("4.0", ".foreach()/.where()", a.Extent); break;
                case VariableExpressionAst v when v.VariablePath.UserPath.Equals("PSItem", StringComparison.OrdinalIgnoreCase) || v.VariablePath.UserPath.Equals("PSScriptRoot", StringComparison.OrdinalIgnoreCase) || v.VariablePath.UserPath.Equals("PSCommandPath", StringComparison.OrdinalIgnoreCase): Add("3.0", "$" + v.VariablePath.UserPath, a.Extent); break;
                case CommandAst c when SimplifiedFilter(c): Add("3.0", "Where-Object/ForEach-Object without a script block", a.Extent); break;
            }
            if (a is MemberExpressionAst { NullConditional: true } me) Add("7.1", "?.", me.Extent);
        }

        static int LeadingBlanks(IScriptExtent e) { var s = e.StartScriptPosition.Line ?? ""; int n = 0; while (n < s.Length && char.IsWhiteSpace(s[n])) n++; return n; }
        static bool Is(Ast m, string n) => m is StringConstantExpressionAst s && s.Value.Equals(n, StringComparison.OrdinalIgnoreCase);
        static bool SimplifiedFilter(CommandAst c)
        {
            var n = c.GetCommandName();
            if (n == null || !new[] { "Where-Object", "ForEach-Object", "?", "%", "where", "foreach" }.Contains(n, StringComparer.OrdinalIgnoreCase)) return false;
            return c.CommandElements.Count > 1 && !c.CommandElements.Skip(1).Any(e => e is ScriptBlockExpressionAst || e is VariableExpressionAst);
        }

    }
}
