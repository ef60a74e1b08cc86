namespace Appliance.Simulator.Report;

/// <summary>
/// How the report looks, on a bright or dark screen, on a telephone and on paper; severity is told by a word as well as by a
/// colour.
/// </summary>
internal static class ReportStyle
{
    /// <summary>The style sheet.</summary>
    public const string Text = """
        :root{color-scheme:light dark;--paper:#fff;--ink:#1b2733;--soft:#5a6b7a;--line:#dde4ea;--track:#eef2f5;--link:#1f5fa8;
        --s1:#5a6b7a;--s2:#1f6f9f;--s3:#8a6100;--s4:#b34700;--s5:#a3122a}
        @media(prefers-color-scheme:dark){:root{--paper:#14191f;--ink:#e4e9ee;--soft:#a3b1be;--line:#33404c;--track:#222b34;--link:#8cbcf2;
        --s1:#a3b1be;--s2:#6dbbe8;--s3:#e0b64a;--s4:#ff9a5c;--s5:#ff8095}}
        @media print{:root{--paper:#fff;--ink:#000;--soft:#444;--line:#bbb;--track:#eee;--link:#000;--s1:#444;--s2:#1f6f9f;--s3:#8a6100;--s4:#b34700;--s5:#a3122a}}
        body{font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:72rem;margin:2rem auto;padding:0 1rem}
        a{color:var(--link)}h1{margin-bottom:0}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}.lead{font-size:1.25rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;min-width:46rem;font-size:.9rem}
        th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
        dl{display:grid;grid-template-columns:9rem 1fr;gap:.2rem 1rem}dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        section{border:1px solid var(--line);border-radius:6px;padding:0 1rem .5rem;margin:1rem 0;break-inside:avoid;overflow-wrap:anywhere}
        .s1{color:var(--s1)}.s2{color:var(--s2)}.s3{color:var(--s3)}.s4{color:var(--s4)}.s5{color:var(--s5)}
        b,span.s1,span.s2,span.s3,span.s4,span.s5,td.s4,td.s5{font-weight:700}
        .when{display:grid;grid-template-columns:12rem 1fr;gap:.2rem .8rem;align-items:center}
        .track{position:relative;height:1rem;background:var(--track);border-radius:2px}
        .bar{position:absolute;top:0;height:100%;min-width:4px;border-radius:2px;background:currentColor;print-color-adjust:exact}
        .axis{grid-column:2;display:flex;justify-content:space-between;flex-wrap:wrap;gap:0 1rem;color:var(--soft);font-size:.85rem}
        @media(max-width:40rem){body{margin:1rem auto}dl,.when{grid-template-columns:1fr}dt{margin-top:.5rem}.axis{grid-column:1}
        table,tbody,tr{display:block;min-width:0}thead{display:none}tr{border-bottom:1px solid var(--line);padding:.5rem 0}
        td{display:inline-block;border:0;padding:0 .8rem 0 0;overflow-wrap:anywhere}td:empty{display:none}}
        """;
}
