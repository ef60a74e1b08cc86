using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>An option as it stands in a rule: its name, its values, and where to say what is wrong with them.</summary>
internal sealed class RuleOption
{
    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics;

    private RuleOption(Token<RuleToken> name, IReadOnlyList<Token<RuleToken>[]> values, string file, List<Diagnostic> diagnostics)
    {
        Name = name.ToStringValue();
        Place = name.Position;
        Values = values;
        _file = file;
        _diagnostics = diagnostics;
    }

    /// <summary>The option's name.</summary>
    public string Name { get; }

    /// <summary>Where its name stands.</summary>
    public Position Place { get; }

    /// <summary>What stands between the commas behind its colon; empty without a colon.</summary>
    public IReadOnlyList<Token<RuleToken>[]> Values { get; }

    /// <summary>Takes an option apart; null, with a diagnostic, when that is not possible.</summary>
    /// <param name="tokens">Its name, and the colon and the values if it has them, without the semicolon.</param>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="diagnostics">Gets what is wrong, now and later.</param>
    public static RuleOption? Of(Token<RuleToken>[] tokens, string file, List<Diagnostic> diagnostics)
    {
        Token<RuleToken> name = tokens[0];
        if (name.Kind != RuleToken.Word)
        {
            diagnostics.Add(new Diagnostic(Severity.Error, file, name.Position.Line, name.Position.Column, null,
                $"'{name.ToStringValue()}' is no option"));
            return null;
        }

        var option = new RuleOption(name, tokens.Length > 2 ? Split(tokens[2..]) : [], file, diagnostics);
        return option.IsWhole(tokens) ? option : null;
    }

    private bool IsWhole(Token<RuleToken>[] tokens)
    {
        foreach (Token<RuleToken> token in tokens)
        {
            string? wrong = token.Kind switch
            {
                RuleToken.OpenText => "'\"' is missing at the end of this text",
                RuleToken.OpenList => "']' is missing at the end of this list",
                RuleToken.Backslash => "a backslash stands only at the end of a line or in a text",
                _ => null,
            };
            if (wrong is not null)
            {
                Report(token.Position, wrong);
                return false;
            }
        }

        if (tokens.Length > 1 && tokens[1].Kind != RuleToken.Colon)
        {
            Report(tokens[1].Position, $"':' is missing before '{tokens[1].ToStringValue()}'");
            return false;
        }

        if (tokens.Length == 2)
        {
            Report(tokens[1].Position, "a value is missing behind ':'");
            return false;
        }

        int empty = Values.TakeWhile(v => v.Length > 0).Count();
        if (empty < Values.Count)
        {
            Token<RuleToken> comma = tokens.Where(t => t.Kind == RuleToken.Comma).ElementAt(Math.Max(0, empty - 1));
            Report(comma.Position, "a value is missing beside ','");
            return false;
        }

        return true;
    }

    /// <summary>Says what is wrong.</summary>
    public void Report(Position where, string message)
    {
        _diagnostics.Add(new Diagnostic(Severity.Error, _file, where.Line, where.Column, Name, message));
    }

    /// <summary>Says what is hardly meant.</summary>
    public void Warn(Position where, string message)
    {
        _diagnostics.Add(new Diagnostic(Severity.Warning, _file, where.Line, where.Column, Name, message));
    }

    /// <summary>The token of an option that has one value; null when there are more.</summary>
    public Token<RuleToken>? Single()
    {
        if (Values.Count > 1 || Values[0].Length > 1)
        {
            Token<RuleToken> extra = Values[0].Length > 1 ? Values[0][1] : Values[1][0];
            Report(extra.Position, $"has one value; '{extra.ToStringValue()}' is too much");
            return null;
        }

        return Values[0][0];
    }

    /// <summary>The text of an option that has one, in quotation marks; empty when it is none.</summary>
    public string Text()
    {
        if (Single() is not { } token)
        {
            return "";
        }

        if (token.Kind != RuleToken.Text)
        {
            Report(token.Position, "needs a text in quotation marks");
            return "";
        }

        return Plain(token);
    }

    /// <summary>The number of an option that has one; 0 when it is none.</summary>
    public int Number(int least, int most)
    {
        if (Single() is not { } token)
        {
            return 0;
        }

        if (!int.TryParse(Plain(token), NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number < least || number > most)
        {
            Report(token.Position, $"'{Plain(token)}' is not a number from {least} to {most}");
            return 0;
        }

        return number;
    }

    /// <summary>All values as they stand in the file.</summary>
    public string Raw()
    {
        Token<RuleToken> first = Values[0][0];
        Token<RuleToken> last = Values[^1][^1];
        return first.Span.Source!.Substring(first.Position.Absolute, last.Position.Absolute + last.Span.Length - first.Position.Absolute);
    }

    /// <summary>What a token says, without quotation marks and escapes.</summary>
    public static string Plain(Token<RuleToken> token)
    {
        return token.Kind == RuleToken.Text ? RuleText.Unescape(token.ToStringValue().Trim('!')[1..^1]) : token.ToStringValue();
    }

    /// <summary>The place of a character in a token on one line.</summary>
    public static Position In(Token<RuleToken> token, int index)
    {
        Position p = token.Position;
        return new Position(p.Absolute + index, p.Line, p.Column + index);
    }

    private static List<Token<RuleToken>[]> Split(Token<RuleToken>[] tokens)
    {
        List<Token<RuleToken>[]> values = [];
        int first = 0;
        for (int i = 0; i <= tokens.Length; i++)
        {
            if (i == tokens.Length || tokens[i].Kind == RuleToken.Comma)
            {
                values.Add(tokens[first..i]);
                first = i + 1;
            }
        }

        return values;
    }
}
