// Parse errors, commands with their parameters, functions, byte facts, constant expressions.
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
    static class Parsing
    {
        public static Dictionary<string, object> File(string path)
        {
            var bytes = System.IO.File.ReadAllBytes(path);
            Token[] tokens; ParseError[] errors;
            var ast = Parser.ParseInput(Decode(bytes), Path.GetFullPath(path), out tokens, out errors);
            return Json.Obj(
                "file", path,
                "bytes", ByteFacts(bytes),
                "errors", errors.Select(e => (object)Json.Obj("id", e.ErrorId, "message", e.Message, "at", At(e.Extent), "text", Clip(e.Extent.Text), "incomplete", e.IncompleteInput)).ToList(),
                "requires", Requires(ast.ScriptRequirements),
                "functions", ast.FindAll(x => x is FunctionDefinitionAst, true).Cast<FunctionDefinitionAst>().Select(f => (object)Json.Obj("name", f.Name, "at", At(f.Extent), "parameters", Params(f).ToList())).ToList(),
                "commands", ast.FindAll(x => x is CommandAst, true).Cast<CommandAst>().Select(c => (object)Command(c)).ToList(),
                "language", LanguageVersion.Findings(ast, tokens));
        }

        public static string Decode(byte[] b)
        {
            using (var r = new StreamReader(new MemoryStream(b), new UTF8Encoding(false), true)) return r.ReadToEnd();
        }

        static Dictionary<string, object> ByteFacts(byte[] b)
        {
            string bom = b.Length >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF ? "utf-8"
                : b.Length >= 2 && b[0] == 0xFF && b[1] == 0xFE ? "utf-16le"
                : b.Length >= 2 && b[0] == 0xFE && b[1] == 0xFF ? "utf-16be" : null;
            int crlf = 0, lf = 0, cr = 0, non = 0;
            for (int i = bom == "utf-8" ? 3 : 0; i < b.Length; i++)
            {
                if (b[i] >= 0x80) non++;
                if (b[i] == '\r') { if (i + 1 < b.Length && b[i + 1] == '\n') { crlf++; i++; } else cr++; }
                else if (b[i] == '\n') lf++;
            }
            // Windows PowerShell decodes a file without a byte order mark as the ANSI code page
            return Json.Obj("bom", bom, "crlf", crlf, "lf", lf, "cr", cr, "nonAscii", non, "ansiRisk", bom == null && non > 0);
        }

        static object Requires(ScriptRequirements r) => r == null ? null : Json.Obj(
            "version", r.RequiredPSVersion == null ? null : r.RequiredPSVersion.ToString(),
            "modules", r.RequiredModules.Select(m => (object)m.Name).ToList(),
            "elevated", r.IsElevationRequired);

        static IEnumerable<object> Params(FunctionDefinitionAst f)
        {
            var ps = f.Parameters ?? (f.Body.ParamBlock == null ? null : f.Body.ParamBlock.Parameters);
            return ps == null ? Enumerable.Empty<object>() : ps.Select(p => (object)p.Name.VariablePath.UserPath);
        }

        // Elements in source order. An argument that directly follows a parameter is listed as that parameter's "next": only
        // `bind`, which knows the command, can say whether it is the parameter's value or (after a switch) positional.
        static Dictionary<string, object> Command(CommandAst c)
        {
            var els = new List<object>();
            Dictionary<string, object> last = null;
            foreach (var e in c.CommandElements.Skip(1))
            {
                if (e is CommandParameterAst p)
                {
                    last = Json.Obj("kind", "parameter", "name", p.ParameterName, "at", At(p.Extent));
                    if (p.Argument != null) { last["value"] = Value(p.Argument); els.Add(last); last = null; }
                    else els.Add(last);
                    continue;
                }
                if (e is VariableExpressionAst v && v.Splatted) { els.Add(Json.Obj("kind", "splat", "name", v.VariablePath.UserPath, "at", At(e.Extent))); last = null; continue; }
                if (last != null) { last["next"] = Value(e); last = null; }
                else els.Add(Json.Obj("kind", "argument", "value", Value(e), "at", At(e.Extent)));
            }
            return Json.Obj(
                "name", c.GetCommandName(),
                "operator", c.InvocationOperator == TokenKind.Unknown ? null : c.InvocationOperator.ToString(),
                "at", At(c.Extent),
                "pipeline", c.Parent is PipelineAst pl ? (object)pl.PipelineElements.IndexOf(c) : null,
                "function", Enclosing(c),
                "elements", els,
                "redirections", c.Redirections.Select(r => (object)r.Extent.Text).ToList());
        }

        static string Enclosing(Ast a)
        {
            for (; a != null; a = a.Parent) if (a is FunctionDefinitionAst f) return f.Name;
            return null;
        }

        public static Dictionary<string, object> Value(Ast e)
        {
            var d = Json.Obj("type", e.GetType().Name.Replace("ExpressionAst", "").Replace("Ast", ""), "text", Clip(e.Extent.Text));
            object v;
            if (TryConstant(e, out v)) { d["constant"] = true; d["value"] = v; }
            return d;
        }

        // Ast.SafeGetValue evaluates only what it has proved constant: literals, @(...), @{...}, $true/$false/$null.
        static bool TryConstant(Ast e, out object v)
        {
            v = null;
            if (e is CommandElementAst || e is StatementAst)
                try { v = e.SafeGetValue(); return true; } catch (Exception) { }
            return false;
        }

        public static List<object> Values(string json)
        {
            var res = new List<object>();
            using (var doc = JsonDocument.Parse(json))
                foreach (var item in doc.RootElement.EnumerateArray())
                {
                    Token[] t; ParseError[] errs;
                    var src = item.GetString();
                    var ast = Parser.ParseInput(src, out t, out errs);
                    var d = Json.Obj("source", src, "errors", errs.Select(x => (object)x.ErrorId).ToList());
                    StatementAst only = null;
                    if (errs.Length == 0 && ast.EndBlock != null && ast.EndBlock.Statements.Count == 1) only = ast.EndBlock.Statements[0];
                    var ex = only is PipelineAst pa && pa.PipelineElements.Count == 1 ? (pa.PipelineElements[0] as CommandExpressionAst)?.Expression : null;
                    object v = null;
                    d["constant"] = ex != null && TryConstant(ex, out v);
                    d["value"] = v;
                    d["net"] = v == null ? null : v.GetType().FullName;
                    res.Add(d);
                }
            return res;
        }

        public static List<object> At(IScriptExtent e) => new List<object> { e.StartLineNumber, e.StartColumnNumber, e.EndLineNumber, e.EndColumnNumber };
        public static string Clip(string s) => s.Length <= 400 ? s : s.Substring(0, 400) + "\u2026";
    }
}
