// What a script is made of, in the few facts that tests compare: language, commands, members, literals, tables.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Language;

namespace Pshost
{
    static class Inspecting
    {
        // Facts of a function that many scripts have, by its text.
        static readonly Dictionary<string, Facts> Known = new();

        // A script, and the twin that it shall have the shape of.
        public static Dictionary<string, object> Text(string text, string plain, string marker)
        {
            var ast = Parser.ParseInput(text, out var tokens, out var errors);
            Parser.ParseInput(plain, out var right, out _);
            var facts = Collect(ast);
            facts.Language.InsertRange(0, LanguageVersion.OfTokens(tokens));
            return Json.Obj(
                "errors", errors.Select(e => (object)e.Message).ToList(), "language", facts.Language, "functions", facts.Functions, "commands", facts.Commands.ToList(),
                "statics", facts.Statics.ToList(), "methods", facts.Methods.ToList(), "splats", Splats(facts.Splatting), "entries", facts.Entries, "twin", Twins(tokens, right, marker));
        }

        sealed class Facts
        {
            public readonly List<object> Language = new(), Entries = new();
            public readonly Dictionary<string, object> Functions = new(StringComparer.OrdinalIgnoreCase);
            public readonly SortedSet<string> Commands = new(StringComparer.Ordinal), Statics = new(StringComparer.Ordinal), Methods = new(StringComparer.Ordinal);
            public readonly List<Ast> Splatting = new();

            public void Add(Facts of)
            {
                Language.AddRange(of.Language);
                foreach (var f in of.Functions) Functions[f.Key] = f.Value;
                Commands.UnionWith(of.Commands); Statics.UnionWith(of.Statics); Methods.UnionWith(of.Methods);
            }
        }

        static Facts Collect(Ast root)
        {
            var collector = new Collector(root);
            root.Visit(collector);
            return collector.Facts;
        }

        sealed class Collector : AstVisitor2
        {
            readonly Ast _root;
            public readonly Facts Facts = new();
            public Collector(Ast root) { _root = root; }
            public override AstVisitAction DefaultVisit(Ast a)
            {
                if (a is FunctionDefinitionAst f && f != _root)
                {
                    if (!Known.TryGetValue(f.Extent.Text, out var facts)) Known[f.Extent.Text] = facts = Collect(f);
                    Facts.Add(facts);
                    return AstVisitAction.SkipChildren;
                }
                LanguageVersion.OfNode(a, Facts.Language);
                switch (a)
                {
                    case FunctionDefinitionAst own: Facts.Functions[own.Name] = Parameters(own.Parameters ?? own.Body.ParamBlock?.Parameters); break;
                    case CommandAst c: Facts.Commands.Add(Command(c)); Facts.Splatting.Add(c); break;
                    case InvokeMemberExpressionAst { Static: false } m: Facts.Methods.Add(m.Member.Extent.Text + "/" + (m.Arguments?.Count ?? 0)); break;
                    case MemberExpressionAst { Static: true } m: Facts.Statics.Add(m.Expression.Extent.Text + "::" + m.Member.Extent.Text); break;
                    case AssignmentStatementAst s:
                        Facts.Splatting.Add(s);
                        if (s.Left is IndexExpressionAst { Index: StringConstantExpressionAst key }) Entry(s.Extent.StartLineNumber, key.Value, s.Right);
                        break;
                    case HashtableAst table:
                        foreach (var pair in table.KeyValuePairs) if (pair.Item1 is StringConstantExpressionAst name) Entry(name.Extent.StartLineNumber, name.Value, pair.Item2);
                        break;
                }
                return AstVisitAction.Continue;
            }

            // Constant entries of tables, with their line: 'RequireTLS' = $true, and $wanted['RequireTLS'] = $true.
            void Entry(int line, string key, StatementAst value)
            {
                var e = value is PipelineAst { PipelineElements: { Count: 1 } p } && p[0] is CommandExpressionAst ce ? ce.Expression : value is CommandExpressionAst c2 ? c2.Expression : null;
                if (e == null) return;
                try { Facts.Entries.Add(new List<object> { line, key, e.SafeGetValue() }); } catch (InvalidOperationException) { }
            }
        }

        static List<object> Parameters(IEnumerable<ParameterAst> own) => (own ?? Enumerable.Empty<ParameterAst>()).Select(p => (object)p.Name.VariablePath.UserPath).ToList();

        // "New-X -Name -Usage @wanted", with a * for an argument by position that is no script block.
        static string Command(CommandAst c)
        {
            var words = new List<string> { c.GetCommandName() ?? "(expression)" };
            var takesValue = false;
            foreach (var e in c.CommandElements.Skip(1))
            {
                if (e is CommandParameterAst p) { words.Add("-" + p.ParameterName); takesValue = p.Argument == null; continue; }
                if (e is VariableExpressionAst { Splatted: true } v) words.Add("@" + v.VariablePath.UserPath);
                else if (!takesValue && e is not ScriptBlockExpressionAst) words.Add("*");
                takesValue = false;
            }
            return string.Join(" ", words);
        }

        // The keys that a splatted variable has from constant entries, for each command that takes it.
        static List<object> Splats(List<Ast> statements)
        {
            var keys = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
            var all = new List<object>();
            foreach (var a in statements.OrderBy(x => x.Extent.StartOffset))
            {
                if (a is AssignmentStatementAst { Left: VariableExpressionAst v, Right: CommandExpressionAst { Expression: HashtableAst table } })
                    keys[v.VariablePath.UserPath] = table.KeyValuePairs.Select(x => (x.Item1 as StringConstantExpressionAst)?.Value ?? "?").ToHashSet();
                if (a is AssignmentStatementAst { Left: IndexExpressionAst { Target: VariableExpressionAst t, Index: StringConstantExpressionAst key } } && keys.TryGetValue(t.VariablePath.UserPath, out var known)) known.Add(key.Value);
                if (a is CommandAst c)
                    foreach (var s in c.CommandElements.OfType<VariableExpressionAst>().Where(x => x.Splatted))
                        if (keys.TryGetValue(s.VariablePath.UserPath, out var its)) all.Add(Json.Obj("command", c.GetCommandName(), "keys", its.Select(x => (object)x).ToList()));
            }
            return all;
        }

        // Two texts that shall differ in their data alone: where they are not of one shape, and the literals and comments that
        // differ or carry the marker. Names of variables and of parameters may differ, too: they are given back.
        static Dictionary<string, object> Twins(Token[] left, Token[] right, string marker)
        {
            var pairs = new HashSet<(string, string)>();
            string different = null;
            for (var i = 0; i < Math.Max(left.Length, right.Length) && different == null; i++)
            {
                if (i >= left.Length || i >= right.Length || left[i].Kind != right[i].Kind) { different = "token " + i + " is " + (i < left.Length ? left[i].Extent.Text : "(end)") + ", line " + (i < left.Length ? left[i].Extent.StartLineNumber : 0) + ", and not " + (i < right.Length ? right[i].Text : "(end)"); break; }
                var (a, b) = (Value(left[i]), Value(right[i]));
                if (a != b || b.Contains(marker)) pairs.Add((a, b));
            }
            return Json.Obj("different", different, "pairs", pairs.Select(x => (object)new List<object> { x.Item1, x.Item2 }).ToList());
        }

        static string Value(Token t) => t switch { StringLiteralToken s => "'" + s.Value, StringExpandableToken e => "\"" + e.Value, _ => t.Kind == TokenKind.Comment ? t.Text : t.Kind == TokenKind.Variable || t.Kind == TokenKind.Parameter ? t.Text : t.Text };
    }
}
