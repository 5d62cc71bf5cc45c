// Values as Exchange hands them out: each prints itself the way Exchange does and knows one canonical text.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Numerics;

namespace Pshost
{
    public class Printed
    {
        readonly string _text, _canonical;
        public Printed(string text, string canonical) { _text = text; _canonical = canonical; }
        internal string Canonical => _canonical;
        public override string ToString() => _text;
    }

    // Source: EXCH New-ReceiveConnector -MaxMessageSize; printed as "36 MB (37,748,736 bytes)".
    public sealed class ByteQuantifiedSize : Printed
    {
        readonly ulong _bytes;
        public ByteQuantifiedSize(ulong bytes) : base(Print(bytes), bytes.ToString(CultureInfo.InvariantCulture)) { _bytes = bytes; }
        public ulong ToBytes() => _bytes;
        static string Print(ulong bytes)
        {
            string[] units = { "B", "KB", "MB", "GB", "TB" };
            var unit = 0; decimal count = bytes;
            while (count >= 1024 && unit < units.Length - 1) { count /= 1024; unit++; }
            return string.Format(CultureInfo.InvariantCulture, "{0:0.###} {1} ({2:N0} bytes)", count, units[unit], bytes);
        }
    }

    public sealed class Unlimited : Printed
    {
        public object Value { get; }
        public bool IsUnlimited => Value == null;
        // Later versions write the word with a capital.
        public Unlimited(object value, bool capital) : base(value == null ? capital ? "Unlimited" : "unlimited" : value.ToString(), value == null ? "unlimited" : value is Printed p ? p.Canonical : value.ToString()) { Value = value; }
    }

    public sealed class EnhancedTimeSpan : Printed
    {
        public TimeSpan Span { get; }
        public double TotalSeconds => Span.TotalSeconds;
        public EnhancedTimeSpan(TimeSpan span) : base(span.ToString(), span.TotalSeconds.ToString(CultureInfo.InvariantCulture)) { Span = span; }
    }

    // Flags print in the order of their bits, whatever the order in which they were given.
    public sealed class Flags : Printed
    {
        public string[] Names { get; }
        public Flags(string[] names) : base(string.Join(", ", names), string.Join(",", names.Select(x => x.ToLowerInvariant()).OrderBy(x => x, StringComparer.Ordinal))) { Names = names; }
    }

    // Source: EXCH New-ReceiveConnector -RemoteIPRanges; a range keeps the form that it was given in, or prints its ends.
    public sealed class IPRange : Printed
    {
        public BigInteger First { get; }
        public BigInteger Last { get; }
        public int Bits { get; }
        IPRange(string text, BigInteger first, BigInteger last, int bits) : base(text, bits + ":" + first + "-" + last) { First = first; Last = last; Bits = bits; }

        public static IPRange Parse(string text)
        {
            var t = text.Trim();
            if (t.Contains('/'))
            {
                var cut = t.Split('/');
                if (cut.Length != 2 || !Address(cut[0], out var a, out var bits) || !int.TryParse(cut[1], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > bits) return null;
                var size = BigInteger.One << (bits - length);
                var from = a / size * size;
                // Both forms are seen, so the fake uses both.
                return new IPRange(length == 24 ? Text(from, bits) + "-" + Text(from + size - 1, bits) : t, from, from + size - 1, bits);
            }
            if (t.EndsWith(")", StringComparison.Ordinal))
            {
                var open = t.IndexOf('(');
                if (open < 0 || !Address(t.Substring(0, open), out var a, out var bits) || bits != 32 || !Address(t.Substring(open + 1, t.Length - open - 2), out var mask, out _)) return null;
                var size = (BigInteger.One << 32) - mask;
                if (!size.IsPowerOfTwo) return null;
                return new IPRange(t, a / size * size, a / size * size + size - 1, 32);
            }
            var ends = t.Split('-');
            if (ends.Length > 2 || !Address(ends[0], out var first, out var b1) || !Address(ends[^1], out var last, out var b2) || b1 != b2 || last < first) return null;
            return new IPRange(t, first, last, b1);
        }

        static bool Address(string text, out BigInteger number, out int bits)
        {
            number = 0; bits = 0;
            var t = text.Trim();
            if (!IPAddress.TryParse(t, out var a) || (a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && t.Split('.').Length != 4)) return false;
            var bytes = a.GetAddressBytes();
            number = new BigInteger(bytes, true, true); bits = bytes.Length * 8;
            return true;
        }

        static string Text(BigInteger number, int bits)
        {
            var bytes = number.ToByteArray(true, true);
            return new IPAddress(new byte[bits / 8 - bytes.Length].Concat(bytes).ToArray()).ToString();
        }
    }

    public sealed class IPBinding : Printed
    {
        public string Address { get; }
        public int Port { get; }
        public bool IsAny => Address == "0.0.0.0" || Address == "::";
        public IPBinding(IPAddress address, int port) : base(Text(address) + ":" + port, Text(address) + ":" + port) { Address = address.ToString(); Port = port; }
        static string Text(IPAddress a) => a.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? "[" + a + "]" : a.ToString();
    }

    public sealed class AddressSpace : Printed
    {
        public string Type { get; }
        public string Address { get; }
        public int Cost { get; }
        public AddressSpace(string type, string address, int cost) : base(type + ":" + address + ";" + cost, (type + ":" + address + ";" + cost).ToLowerInvariant()) { Type = type; Address = address; Cost = cost; }
    }

    // A list of values; through a remote shell it arrives as a plain list of texts.
    public sealed class MultiValuedProperty : ArrayList
    {
        public MultiValuedProperty(IEnumerable<object> items) : base(items.ToArray()) { }
        public string[] Texts() => this.Cast<object>().Select(x => x.ToString()).ToArray();
    }
}
