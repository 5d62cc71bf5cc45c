// What one version knows: its cmdlets with their parameters, and for the objects that scripts manage the type of each
// parameter. It comes from the project's catalogue as JSON.
using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pshost
{
    sealed class FakeSetting
    {
        public string Name, Type, Form;
        public bool List;
        public string[] Values;
        public decimal? Min, Max;
    }

    sealed class FakeCatalogue
    {
        public string Version;
        public Dictionary<string, Dictionary<string, bool>> Cmdlets = new(StringComparer.OrdinalIgnoreCase);   // name -> parameter -> is it a switch
        public Dictionary<string, Dictionary<string, FakeSetting>> Settings = new(StringComparer.OrdinalIgnoreCase);
        public JsonElement Defaults;
        static readonly string[] Order = { "2007", "2010", "2013", "2016", "2019", "SE" };

        public bool Since(string version) => Array.IndexOf(Order, Version) >= Array.IndexOf(Order, version);

        public static FakeCatalogue Read(JsonElement from)
        {
            var c = new FakeCatalogue { Version = from.GetProperty("version").GetString(), Defaults = from.GetProperty("defaults").Clone() };
            foreach (var cmdlet in from.GetProperty("cmdlets").EnumerateObject())
                c.Cmdlets[cmdlet.Name] = cmdlet.Value.EnumerateObject().ToDictionary(x => x.Name, x => x.Value.GetBoolean(), StringComparer.OrdinalIgnoreCase);
            foreach (var noun in from.GetProperty("settings").EnumerateObject())
            {
                var own = c.Settings[noun.Name] = new Dictionary<string, FakeSetting>(StringComparer.OrdinalIgnoreCase);
                foreach (var s in noun.Value.EnumerateArray())
                {
                    var setting = new FakeSetting { Name = s.GetProperty("parameter").GetString(), Type = s.GetProperty("type").GetString(), Form = s.GetProperty("form").GetString(), List = s.GetProperty("list").GetBoolean() };
                    if (s.TryGetProperty("values", out var values)) setting.Values = values.EnumerateArray().Select(x => x.GetString()).ToArray();
                    if (s.TryGetProperty("min", out var min)) setting.Min = min.GetDecimal();
                    if (s.TryGetProperty("max", out var max)) setting.Max = max.GetDecimal();
                    own[setting.Name] = setting;
                }
            }
            return c;
        }

        // The value of a parameter as Exchange keeps it. A text that the type does not take is a refusal.
        public object Take(FakeSetting s, object value, Func<FakeSetting, string, object> reference)
        {
            value = Bare(value);
            if (value == null) return s.List && s.Form != "enum" ? new MultiValuedProperty(Array.Empty<object>()) : null;
            if (s.Type == "PSCredential") return value is PSCredential ? value : throw Wrong(s, value);
            if (s.Form == "boolean") return value is bool or SwitchParameter ? LanguagePrimitives.IsTrue(value) : throw Wrong(s, value);
            if (s.Form == "enum") return Enumeration(s, value);
            if (!s.List) return TakeOne(s, value, reference);
            var items = LanguagePrimitives.GetEnumerable(value)?.Cast<object>() ?? new[] { value };
            return new MultiValuedProperty(items.Where(x => x != null).Select(x => TakeOne(s, x, reference)));
        }

        object Enumeration(FakeSetting s, object value)
        {
            var words = (LanguagePrimitives.GetEnumerable(value)?.Cast<object>() ?? new[] { value }).SelectMany(x => LanguagePrimitives.ConvertTo<string>(x).Split(',')).Select(x => x.Trim()).ToArray();
            if (words.Length == 0) return null;
            var unknown = words.FirstOrDefault(w => !s.Values.Contains(w, StringComparer.OrdinalIgnoreCase));
            if (unknown != null || (words.Length > 1 && !s.List)) throw Wrong(s, unknown ?? value);
            return new Flags(FlagOrder(s).Where(v => words.Contains(v, StringComparer.OrdinalIgnoreCase)).ToArray());
        }

        static IEnumerable<string> FlagOrder(FakeSetting s) => s.Name switch
        {
            "AuthMechanism" => new[] { "None", "Tls", "Integrated", "BasicAuth", "BasicAuthRequireTLS", "ExchangeServer", "ExternalAuthoritative" },
            "PermissionGroups" => new[] { "None", "AnonymousUsers", "ExchangeUsers", "ExchangeServers", "ExchangeLegacyServers", "Partners", "Custom" },
            _ => s.Values,
        };

        object TakeOne(FakeSetting s, object value, Func<FakeSetting, string, object> reference)
        {
            var text = LanguagePrimitives.ConvertTo<string>(value);
            switch (s.Form)
            {
                case "number":
                    if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) throw Wrong(s, value);
                    return (int)Within(s, number, value);
                case "limit":
                    if (IsUnlimited(text)) return new Unlimited(null, Since("2013"));
                    if (!decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) throw Wrong(s, value);
                    return new Unlimited((int)Within(s, count, value), Since("2013"));
                case "size": return new ByteQuantifiedSize(Bytes(s, text));
                case "size-limit": return new Unlimited(IsUnlimited(text) ? null : new ByteQuantifiedSize(Bytes(s, text)), Since("2013"));
                case "time-span":
                    if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) || span < TimeSpan.Zero) throw Wrong(s, value);
                    Within(s, (decimal)span.TotalSeconds, value);
                    return new EnhancedTimeSpan(span);
                default: return Texts(s, text, reference);
            }
        }

        // EXCH Set-SendConnector -MaxMessageSize: bytes are rounded up to kilobytes.
        ulong Bytes(FakeSetting s, string text)
        {
            var match = Regex.Match(text, @"^(\d+)\s*(B|KB|MB|GB|TB)?$|\(([\d,]+) bytes\)$", RegexOptions.IgnoreCase);
            if (!match.Success) throw Wrong(s, text);
            decimal bytes = match.Groups[3].Success ? decimal.Parse(match.Groups[3].Value.Replace(",", ""), CultureInfo.InvariantCulture)
                : decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * Factor(match.Groups[2].Value.ToUpperInvariant(), s.Name.StartsWith("Max", StringComparison.Ordinal) && s.Form == "size-limit" && s.Name != "MaxMessageSize" && !Since("2013"));
            Within(s, bytes, text);
            return (ulong)(s.Form == "size-limit" ? Math.Ceiling(bytes / 1024) * 1024 : bytes);
        }

        static decimal Factor(string unit, bool bareIsKilobytes) => unit switch { "B" => 1, "KB" => 1024, "MB" => 1048576, "GB" => 1073741824, "TB" => 1099511627776, _ => bareIsKilobytes ? 1024 : 1 };

        object Texts(FakeSetting s, string text, Func<FakeSetting, string, object> reference)
        {
            switch (s.Type)
            {
                case "IPRange": return IPRange.Parse(text) ?? throw Wrong(s, text);
                case "IPBinding":
                    var b = Regex.Match(text, @"^(?:(\d+\.\d+\.\d+\.\d+)|\[([0-9a-fA-F:.]+)\]):(\d{1,5})$");
                    if (!b.Success || !IPAddress.TryParse(b.Groups[1].Success ? b.Groups[1].Value : b.Groups[2].Value, out var address) || int.Parse(b.Groups[3].Value, CultureInfo.InvariantCulture) is 0 or > 65535) throw Wrong(s, text);
                    return new IPBinding(address, int.Parse(b.Groups[3].Value, CultureInfo.InvariantCulture));
                case "AddressSpace":
                    var a = Regex.Match(text, @"^(?:([A-Za-z0-9]+):)?(.+?)(?:;(\d+))?$");
                    if (!a.Success) throw Wrong(s, text);
                    var cost = a.Groups[3].Success ? decimal.Parse(a.Groups[3].Value, CultureInfo.InvariantCulture) : 1;
                    Within(s, cost, text);
                    var type = a.Groups[1].Success ? a.Groups[1].Value : "SMTP";
                    if (type.Equals("SMTP", StringComparison.OrdinalIgnoreCase) && !IsSmtpSpace(a.Groups[2].Value)) throw Wrong(s, text);
                    return new AddressSpace(type.ToUpperInvariant(), a.Groups[2].Value, (int)cost);
                case "SmartHost":
                    var bare = text.Trim('[', ']');
                    if (IPAddress.TryParse(bare, out var host) && bare.IndexOfAny(new[] { '.', ':' }) >= 0) return new Printed("[" + host + "]", host.ToString());
                    return IsDomain(text) && text.Contains('.') ? new Printed(text, text.ToLowerInvariant()) : throw Wrong(s, text);
                case "IPAddress": return IPAddress.TryParse(text, out var ip) ? new Printed(ip.ToString(), ip.ToString()) : throw Wrong(s, text);
                case "SmtpDomain": case "Fqdn": return IsDomain(text) ? new Printed(text, text.ToLowerInvariant()) : throw Wrong(s, text);
                case "SmtpDomainWithSubdomains": return IsDomain(text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text) ? new Printed(text, text.ToLowerInvariant()) : throw Wrong(s, text);
                case "SmtpX509Identifier": return text.StartsWith("<I>", StringComparison.OrdinalIgnoreCase) && text.Contains("<S>", StringComparison.OrdinalIgnoreCase) ? text : throw Wrong(s, text);
                case "ServerIdParameter": case "AcceptedDomainIdParameter": case "ReceiveConnectorIdParameter": return reference(s, text);
                default: return text;
            }
        }

        public static object Bare(object value) => value is PSObject p ? p.BaseObject is PSCustomObject ? p : p.BaseObject : value;
        public static bool IsDomain(string text) => text.Length <= 255 && Regex.IsMatch(text, @"^(?!-)[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63})*$");
        static bool IsSmtpSpace(string text) => text is "*" or "--" || IsDomain(text.StartsWith("*.", StringComparison.Ordinal) ? text.Substring(2) : text);
        static bool IsUnlimited(string text) => text.Equals("unlimited", StringComparison.OrdinalIgnoreCase);
        static decimal Within(FakeSetting s, decimal number, object value) => number < (s.Min ?? decimal.MinValue) || number > (s.Max ?? decimal.MaxValue) ? throw Wrong(s, value) : number;
        static FakeFault Wrong(FakeSetting s, object value) => new FakeFault("VALUE " + s.Name + ": cannot convert or out of range: " + value);
    }
}
