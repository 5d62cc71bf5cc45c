// How results are written: PowerShell objects as JSON.
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
    static class Json
    {
        const int MaxDepth = 12;

        public static void Write(Utf8JsonWriter w, object o, int depth)
        {
            var ps = o as PSObject;
            object b = ps == null ? o : ps.BaseObject;
            if (b == null || b == System.Management.Automation.Internal.AutomationNull.Value) { w.WriteNullValue(); return; }
            if (depth > MaxDepth) { w.WriteStringValue(b.ToString()); return; }
            switch (b)
            {
                case string s: w.WriteStringValue(s); return;
                case char c: w.WriteStringValue(c.ToString()); return;
                case bool t: w.WriteBooleanValue(t); return;
                case SwitchParameter sw: w.WriteBooleanValue(sw.IsPresent); return;
                case sbyte _: case byte _: case short _: case ushort _: case int _: case long _:
                    w.WriteNumberValue(Convert.ToInt64(b, CultureInfo.InvariantCulture)); return;
                case uint _: case ulong _: w.WriteNumberValue(Convert.ToUInt64(b, CultureInfo.InvariantCulture)); return;
                case decimal m: w.WriteNumberValue(m); return;
                case float _: case double _:
                    var d = Convert.ToDouble(b, CultureInfo.InvariantCulture);
                    if (double.IsNaN(d) || double.IsInfinity(d)) w.WriteStringValue(d.ToString(CultureInfo.InvariantCulture)); else w.WriteNumberValue(d);
                    return;
                case Enum e: w.WriteStringValue(e.ToString()); return;
                case DateTime dt: w.WriteStringValue(dt.ToString("o", CultureInfo.InvariantCulture)); return;
                case ScriptBlock sb: w.WriteStartObject(); w.WriteString("$scriptblock", sb.ToString()); w.WriteEndObject(); return;
                case ErrorRecord er: Write(w, Running.Error(er), depth); return;
            }
            if (b is IDictionary dict)
            {
                w.WriteStartObject();
                foreach (DictionaryEntry kv in dict)
                {
                    w.WritePropertyName(Convert.ToString(kv.Key, CultureInfo.InvariantCulture));
                    Write(w, kv.Value, depth + 1);
                }
                w.WriteEndObject();
                return;
            }
            if (b is IEnumerable list)
            {
                w.WriteStartArray();
                foreach (var x in list) Write(w, x, depth + 1);
                w.WriteEndArray();
                return;
            }
            if (b is PSCustomObject)
            {
                w.WriteStartObject();
                foreach (var p in ps.Properties)
                {
                    w.WritePropertyName(p.Name);
                    object v; try { v = p.Value; } catch (Exception x) { v = "!" + x.Message; }
                    Write(w, v, depth + 1);
                }
                w.WriteEndObject();
                return;
            }
            w.WriteStringValue(LanguagePrimitives.ConvertTo<string>(o));
        }

        public static Dictionary<string, object> Obj(params object[] kv)
        {
            var d = new Dictionary<string, object>();
            for (int i = 0; i < kv.Length; i += 2) d[(string)kv[i]] = kv[i + 1];
            return d;
        }
    }
}
