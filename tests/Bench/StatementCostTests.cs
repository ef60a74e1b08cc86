using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Bench.Tests;

/// <summary>The model's statements cost what nanoframework/README.md lists, which was counted on the interpreter.</summary>
[TestClass]
public sealed class StatementCostTests
{
    private const double Tolerance = 0.15;

    // Rows of the table that are one statement with one meaning. Where it gives a range or leaves the operands open, the row is
    // written as it was measured again on the interpreter.
    private static readonly (string Statement, double Listed)[] Rows =
    [
        ("x = y;", 63),
        ("x = 100;", 47),
        ("x = 100000;", 64),
        ("x = a + b;", 142),
        ("x = a & b;", 114),
        ("x = a ^ b;", 114),
        ("x = a * b;", 144),
        ("x = a / b;", 160),
        ("x = a << 3;", 120),
        ("x = (byte)a;", 155),
        ("l = m + k;", 143),
        ("l = m * k;", 152),
        ("l = m << 3;", 126),
        ("l = (long)a;", 172),
        ("if (one == 0) { x = y; }", 93),
        ("if (one != 0) { x = y; }", 140),
        ("if (a > b) { x = y; }", 171),
        ("t = a == b;", 197),
        ("x = bytes[i];", 209),
        ("bytes[i]++;", 492),
        ("x = ints[i];", 186),
        ("ints[i] = x;", 236),
        ("x = bytes.Length;", 186),
        ("x = StaticTable[i];", 313),
        ("x = Static;", 182),
        ("Static = x;", 177),
        ("x = Field;", 209),
        ("Field = x;", 206),
        ("Field++;", 400),
        ("x = Property;", 672),
        ("Static0();", 499),
        ("Static1(a);", 532),
        ("Static2(a, b);", 565),
        ("Static4(a, b, a, b);", 621),
        ("Instance0();", 462),
        ("v.V();", 728),
        ("thing.V();", 728),
        ("more = new byte[16];", 530),
        ("o = a;", 490),
        ("Array.Copy(big, 0, big2, 0, 32);", 1209),
        ("Array.Copy(big, 0, big2, 0, 1500);", 1719),
        ("x = (bytes[i] << 8) | bytes[i + 1];", 526),
        ("x = BigEndian(bytes, i);", 1121),
    ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Statements_cost_what_the_interpreter_counts()
    {
        IReadOnlyList<double> ours = StatementCosts.Measure([.. Rows.Select(r => r.Statement)]);

        var table = new StringBuilder("statement: listed, ours, deviation" + Environment.NewLine);
        var wrong = new List<string>();
        for (int i = 0; i < Rows.Length; i++)
        {
            double deviation = (ours[i] / Rows[i].Listed) - 1;
            string line = string.Create(CultureInfo.InvariantCulture, $"{Rows[i].Statement,-40} {Rows[i].Listed,6:N0} {ours[i],6:N0} {deviation,6:P0}");
            table.AppendLine(line);
            if (Math.Abs(deviation) > Tolerance)
            {
                wrong.Add(line);
            }
        }

        TestContext.WriteLine(table.ToString());
        Assert.IsEmpty(wrong, Environment.NewLine + string.Join(Environment.NewLine, wrong));
    }

    [TestMethod]
    public void A_dearer_statement_costs_more()
    {
        IReadOnlyList<double> ours = StatementCosts.Measure(["x = y;", "x = y; x = y;", "Instance0();", "Static4(a, b, a, b);"]);

        Assert.AreEqual(2 * ours[0], ours[1], 0.001);
        Assert.IsLessThan(ours[3], ours[2]);
    }
}
