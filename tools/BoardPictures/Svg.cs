using System.Globalization;
using System.Security;
using System.Text;

namespace Appliance.BoardPictures;

/// <summary>Writes an SVG picture: shapes in whole and half pixels, so that the same profile gives the same octets.</summary>
internal sealed class Svg
{
    private readonly StringBuilder _text = new();

    public Svg(int width, int height, string title)
    {
        _text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="DejaVu Sans, Verdana, Arial, sans-serif">
            <title>{SecurityElement.Escape(title)}</title>
            <rect width="{width}" height="{height}" fill="#ffffff"/>

            """);
    }

    public void Box(double x, double y, double width, double height, string fill, string stroke, double radius = 10, double line = 2)
    {
        Add($"""<rect x="{N(x)}" y="{N(y)}" width="{N(width)}" height="{N(height)}" rx="{N(radius)}" fill="{fill}" stroke="{stroke}" stroke-width="{N(line)}"/>""");
    }

    public void Line(double x1, double y1, double x2, double y2, string colour, double width = 3, string dash = "")
    {
        string dashes = dash.Length > 0 ? $" stroke-dasharray=\"{dash}\"" : "";
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" stroke="{colour}" stroke-width="{N(width)}" stroke-linecap="round"{dashes}/>""");
    }

    public void Circle(double x, double y, double radius, string fill, string stroke = "none", double line = 2)
    {
        Add($"""<circle cx="{N(x)}" cy="{N(y)}" r="{N(radius)}" fill="{fill}" stroke="{stroke}" stroke-width="{N(line)}"/>""");
    }

    /// <summary>A triangle that points right (1) or left (-1).</summary>
    public void Arrow(double x, double y, int direction, string colour)
    {
        Add($"""<path d="M{N(x)} {N(y)} l{N(-14 * direction)} -7 v14 z" fill="{colour}"/>""");
    }

    public void Text(double x, double y, string text, double size = 15, string colour = "#1f2933", string anchor = "start", bool isBold = false)
    {
        string weight = isBold ? " font-weight=\"bold\"" : "";
        Add($"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" fill="{colour}" text-anchor="{anchor}"{weight}>{SecurityElement.Escape(text)}</text>""");
    }

    public override string ToString() => _text + "</svg>\n";

    private static string N(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private void Add(string element) => _text.Append(element).Append('\n');
}
