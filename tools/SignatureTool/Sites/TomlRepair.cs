using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

namespace Appliance.SignatureTool.Sites;

/// <summary>
/// Finds what is opened in a profile and never closed: texts, lists and titles. A parser takes what follows for a part of it, so
/// each is told here, where it was opened, and closed before the parser sees it. Every line keeps its number.
/// </summary>
internal sealed partial class TomlRepair
{
    private readonly string _file;
    private readonly string[] _lines;
    private readonly List<Diagnostic> _diagnostics;
    private readonly HashSet<int> _broken = [];
    private readonly List<(int First, int Last)> _lists = [];
    private int _line;

    private TomlRepair(string file, string text, List<Diagnostic> diagnostics)
    {
        _file = file;
        _lines = text.Split('\n');
        _diagnostics = diagnostics;
    }

    /// <summary>What is left for the parser.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>The lines, from 1, that may say something else than what was read.</summary>
    public HashSet<int> Broken => _broken;

    /// <summary>The lists that take more than one line: their first and last lines, from 1.</summary>
    public IReadOnlyList<(int First, int Last)> Lists => _lists;

    /// <summary>Repairs a profile.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="text">Its text.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    public static TomlRepair Of(string file, string text, List<Diagnostic> diagnostics)
    {
        var repair = new TomlRepair(file, text, diagnostics);
        for (; repair._line < repair._lines.Length; repair._line++)
        {
            if (!repair.ReadTitle())
            {
                repair.ReadKey();
            }
        }

        return repair;
    }

    [GeneratedRegex(@"^[\s\ufeff]*(?<open>\[{0,2})\s*(?<name>[A-Za-z0-9_-]+)\s*(?<close>\]{0,2})\s*(#.*)?$")]
    private static partial Regex PlainTitle();

    [GeneratedRegex("""^\s*(?<title>\[[^\[\]#"'=]+\]|\[\[[^\[\]#"'=]+\]\])\s*(?<behind>[^\s#\]])""")]
    private static partial Regex CrowdedTitle();

    [GeneratedRegex("""^\s*\[\[?\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(\s*\.\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+))*\s*\]\]?\s*(#.*)?$""")]
    private static partial Regex OtherTitle();

    [GeneratedRegex(@"^\s*([A-Za-z0-9_.-]+\s*=|\[\[?\s*[A-Za-z_][A-Za-z0-9_-]*\s*\]{0,2}\s*(#.*)?$)")]
    private static partial Regex NextThing();

    private bool ReadTitle()
    {
        string line = _lines[_line];
        Match plain = PlainTitle().Match(line);
        string open = plain.Groups["open"].Value;
        string close = plain.Groups["close"].Value;
        if (open.Length + close.Length > 0)
        {
            if (open.Length != close.Length)
            {
                string name = plain.Groups["name"].Value;
                string title = name is "expected" or "serves" ? $"[[{name}]]" : $"[{name}]";
                Tell(plain.Groups[open.Length > 0 ? "open" : "name"].Index, null, $"the brackets of this title don't match; write {title}");
                _lines[_line] = title;
            }

            return true;
        }

        if (!line.TrimStart().StartsWith('['))
        {
            return false;
        }

        Match crowded = CrowdedTitle().Match(line);
        if (crowded.Success)
        {
            Tell(crowded.Groups["behind"].Index, null, "a title has its line for itself; this belongs into the next one");
            _lines[_line] = crowded.Groups["title"].Value;
        }
        else if (!OtherTitle().IsMatch(line))
        {
            // Nobody knows what the keys below are, and no section of this name asks for them.
            Tell(line.IndexOf('[', StringComparison.Ordinal), null, "this is no title of a section; write it as [site]");
            _lines[_line] = $"[line-{_line + 1}]";
        }

        return true;
    }

    // A key and its value, or whatever a line is.
    private void ReadKey()
    {
        int first = _line;
        int equals = -1;
        int depth = 0;
        (int Line, int Column) opened = (first, 0);
        (int Line, int Column) last = (first, 0);
        while (true)
        {
            for (int at = 0; at < _lines[_line].Length && _lines[_line][at] != '#'; at++)
            {
                char c = _lines[_line][at];
                int closed = c is '"' or '\'' ? SkipText(at) : at + 1;
                if (closed < 0 || (c == '{' && equals >= 0 && !_lines[_line][at..].Contains('}', StringComparison.Ordinal)))
                {
                    Tell(at, KeyOf(first, equals), closed > 0 ? "'}' is missing in this line" : Missing(_lines[_line], at));
                    depth = Close(at, _line == first ? equals : -1, depth);
                    last = (_line, _lines[_line].Length);
                    break;
                }

                equals = c == '=' && equals < 0 ? at : equals;
                if (c == '[' && equals >= 0)
                {
                    opened = depth == 0 ? (_line, at) : opened;
                    depth++;
                }

                depth -= c == ']' && depth > 0 ? 1 : 0;
                last = char.IsWhiteSpace(c) ? last : (_line, closed);
                at = closed - 1;
            }

            bool ends = _line + 1 == _lines.Length;
            if (depth == 0 && last == (first, equals + 1) && !ends && _lines[_line + 1].TrimStart().StartsWith('"'))
            {
                Tell(equals, KeyOf(first, equals), "'[' is missing behind '='");
                opened = last;
                last = (first, last.Column + 1);
                _lines[first] = _lines[first].Insert(opened.Column, "[");
                depth = 1;
            }

            if (depth > 0 && (ends || NextThing().IsMatch(_lines[_line + 1])))
            {
                string before = ends ? "" : $", before line {_line + 2}";
                _line = opened.Line;
                Tell(opened.Column, KeyOf(first, equals), "']' is missing at the end of this list" + before);
                _line = last.Line;
                _lines[_line] = _lines[_line].Insert(last.Column, new string(']', depth));
                depth = 0;
            }

            if (depth == 0)
            {
                break;
            }

            _line++;
        }

        if (_line > first)
        {
            _lists.Add((first + 1, _line + 1));
        }
    }

    // Puts an empty text in the place of what can't be read: other lines may ask for the key. Returns how many lists are still
    // open.
    private int Close(int at, int equals, int depth)
    {
        string line = _lines[_line];
        string key = equals < 0 ? "" : line[..(equals + 1)];
        if (depth == 0)
        {
            _lines[_line] = equals < 0 ? "" : key + " \"\"";
            return 0;
        }

        bool closes = line[at..].Split('#')[0].TrimEnd().EndsWith(']');
        _lines[_line] = key + (equals < 0 ? "\"\"" : " [\"\"") + (closes ? "]" : ",");
        return closes ? 0 : 1;
    }

    // Returns what is behind a text, in its last line; less than 0 when it is never closed.
    private int SkipText(int at)
    {
        string line = _lines[_line];
        char quote = line[at];
        string three = new(quote, 3);
        if (string.CompareOrdinal(line, at, three, 0, 3) != 0)
        {
            return IndexBehind(line, at + 1, quote.ToString());
        }

        for (int other = _line; other < _lines.Length; other++)
        {
            int end = IndexBehind(_lines[other], other == _line ? at + 3 : 0, three);
            if (end >= 0)
            {
                // A quotation mark may be the last character of such a text.
                _line = other;
                return _lines[other].Length - _lines[other].AsSpan(end).TrimStart(quote).Length;
            }
        }

        return -1;
    }

    private static int IndexBehind(string line, int from, string quotes)
    {
        for (int at = from; at < line.Length; at++)
        {
            if (string.CompareOrdinal(line, at, quotes, 0, quotes.Length) == 0)
            {
                return at + quotes.Length;
            }

            at += quotes[0] == '"' && line[at] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static string Missing(string line, int at)
    {
        char quote = line[at];
        string before = line[..at].TrimEnd();
        return string.CompareOrdinal(line, at, new string(quote, 3), 0, 3) == 0
            ? $"this text is never closed: {new string(quote, 3)} is missing"
            : before.Length == 0 || before[^1] is '=' or '[' or ',' ? $"{(quote == '"' ? "'\"'" : "\"'\"")} is missing at the end of this text"
            : "a quotation mark is missing in this line";
    }

    private string? KeyOf(int line, int equals)
    {
        return equals < 0 ? null : _lines[line][..equals].Trim().Trim('"', '\'');
    }

    private void Tell(int column, string? key, string message)
    {
        if (_broken.Add(_line + 1))
        {
            _diagnostics.Add(new Diagnostic(Severity.Error, _file, _line + 1, column + 1, key, message));
        }
    }
}
