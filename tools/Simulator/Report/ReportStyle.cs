namespace Appliance.Simulator.Report;

/// <summary>How the report looks, on a screen and on paper; severity is told by a word as well as by a colour.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Text = """
        body{font:15px/1.5 system-ui,sans-serif;color:#1b2733;max-width:72rem;margin:2rem auto;padding:0 1rem}
        h1{margin-bottom:0}h2{margin-top:2.5rem;border-bottom:1px solid #cbd5de}.lead{font-size:1.25rem}
        table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #dde4ea}
        dl{display:grid;grid-template-columns:9rem 1fr;gap:.2rem 1rem}dt{color:#5a6b7a}dd{margin:0;overflow-wrap:anywhere}
        section{border:1px solid #dde4ea;border-radius:6px;padding:0 1rem .5rem;margin:1rem 0;break-inside:avoid}
        .s1{color:#5a6b7a}.s2{color:#1f6f9f}.s3{color:#8a6100}.s4{color:#b34700}.s5{color:#a3122a}b,span.s1,span.s2,span.s3,span.s4,span.s5,td.s4,td.s5{font-weight:700}
        svg{width:100%;height:auto}svg text{font:12px system-ui,sans-serif;fill:#1b2733}
        svg .s1{fill:#8a98a5}svg .s2{fill:#3a8fc0}svg .s3{fill:#c99a1d}svg .s4{fill:#dd6b20}svg .s5{fill:#c5203c}
        """;
}
