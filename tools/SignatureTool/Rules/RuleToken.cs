using System.Collections.Generic;
using Superpower;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary>What a piece of a rule file is.</summary>
public enum RuleToken
{
    /// <summary>Anything without blanks.</summary>
    Word,

    /// <summary>The word that a rule begins with, as far as its line tells.</summary>
    Action,

    /// <summary>A list in brackets.</summary>
    List,

    /// <summary>A text in quotation marks, perhaps with <c>!</c> before it.</summary>
    Text,

    /// <summary><c>(</c></summary>
    Open,

    /// <summary><c>)</c></summary>
    Close,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>;</c></summary>
    Semicolon,

    /// <summary>A text whose closing quotation mark is missing in its line.</summary>
    OpenText,

    /// <summary>A list whose closing bracket is missing.</summary>
    OpenList,

    /// <summary>A line that is no rule but a setting of Snort, with the lines that continue it.</summary>
    Setting,

    /// <summary>A comment that nothing closes, to the end of the file.</summary>
    OpenComment,

    /// <summary>A backslash that doesn't stand at the end of a line.</summary>
    Backslash,
}

/// <summary>
/// Cuts a rule file into tokens as Snort 3 does: blanks and line ends separate; a backslash at a line's end is a blank; <c>#</c>
/// begins a comment where a token could begin; <c>/* */</c> and the lines from <c>#begin</c> to <c>#end</c> are comments. In a
/// header a colon or a comma is part of a word, in a body it is not.
/// </summary>
public sealed class RuleLexer : Tokenizer<RuleToken>
{
    /// <inheritdoc/>
    protected override IEnumerable<Result<RuleToken>> Tokenize(TextSpan span)
    {
        bool body = false;
        bool optionName = false;
        bool reference = false;
        Result<char> next = span.ConsumeChar();
        while (next.HasValue)
        {
            char c = next.Value;
            if (char.IsWhiteSpace(c) || c == '\ufeff')
            {
                next = next.Remainder.ConsumeChar();
                continue;
            }

            TextSpan start = next.Location;
            if (c == '#' || (c == '/' && Follows(next, '*')))
            {
                TextSpan behind = c == '#' ? SkipComment(start, out bool ended) : SkipBlock(start, out ended);
                if (!ended)
                {
                    yield return Result.Value(RuleToken.OpenComment, start, behind);
                }

                next = behind.ConsumeChar();
                continue;
            }

            if (c == '\\')
            {
                Result<char> after = next.Remainder.ConsumeChar();
                if (after.HasValue && after.Value is '\r' or '\n')
                {
                    next = after;
                    continue;
                }

                next = after;
                yield return Result.Value(RuleToken.Backslash, start, after.Location);
                continue;
            }

            RuleToken? sign = c switch
            {
                '(' when !reference => RuleToken.Open,
                ')' when body && !reference => RuleToken.Close,
                ':' when body => RuleToken.Colon,
                ',' when body && !reference => RuleToken.Comma,
                ';' when body => RuleToken.Semicolon,
                _ => null,
            };
            if (sign is not null)
            {
                body = sign != RuleToken.Close;
                optionName = sign is RuleToken.Open or RuleToken.Semicolon;
                reference = reference && body && sign != RuleToken.Semicolon;
                yield return Result.Value(sign.Value, start, next.Remainder);
                next = next.Remainder.ConsumeChar();
                continue;
            }

            TextSpan rest;
            bool openText = false;
            if (c == '[')
            {
                rest = SkipList(start, out bool closed);
                yield return Result.Value(closed ? RuleToken.List : RuleToken.OpenList, start, rest);
            }
            else if (c == '"' || (c == '!' && Follows(next, '"')))
            {
                rest = SkipText(c == '"' ? next.Remainder : next.Remainder.ConsumeChar().Remainder, out bool closed);
                openText = !closed;
                yield return Result.Value(closed ? RuleToken.Text : RuleToken.OpenText, start, rest);
            }
            else
            {
                rest = SkipWord(start, body, reference);
                TextSpan word = start.Until(rest);
                StatementPlace place = !body ? StatementPlace.Outside : optionName ? StatementPlace.OptionName : StatementPlace.OptionValue;
                bool setting = Statement.BeginsSetting(word, place);
                bool action = !setting && Statement.BeginsRule(word, place);
                if (setting || action)
                {
                    // The parenthesis before it was never closed.
                    body = false;
                    reference = false;
                }

                rest = setting ? SkipStatement(rest) : rest;
                reference = optionName && body ? word.ToStringValue() == "reference" : reference;
                yield return Result.Value(setting ? RuleToken.Setting : action ? RuleToken.Action : RuleToken.Word, start, rest);
            }

            // Behind a quotation mark that is never closed the rest of the line is lost, the ';' in it too.
            optionName = openText;
            next = rest.ConsumeChar();
        }
    }

    private static bool Follows(Result<char> next, char what)
    {
        Result<char> after = next.Remainder.ConsumeChar();
        return after.HasValue && after.Value == what;
    }

    private static bool Begins(TextSpan at, string word)
    {
        return at.Length >= word.Length && at.First(word.Length).EqualsValueIgnoreCase(word);
    }

    private static TextSpan SkipLine(TextSpan at)
    {
        Result<char> next = at.ConsumeChar();
        while (next.HasValue && next.Value != '\n')
        {
            next = next.Remainder.ConsumeChar();
        }

        return next.HasValue ? next.Remainder : next.Location;
    }

    // To the end of the line, and of the next when a backslash stands there.
    private static TextSpan SkipStatement(TextSpan at)
    {
        char last = ' ';
        Result<char> next = at.ConsumeChar();
        while (next.HasValue && (next.Value != '\n' || last == '\\'))
        {
            last = next.Value == '\r' ? last : next.Value;
            next = next.Remainder.ConsumeChar();
        }

        return next.Location;
    }

    private static TextSpan SkipComment(TextSpan at, out bool closed)
    {
        bool block = at.Position.Column == 1 && Begins(at, "#begin");
        TextSpan line = SkipLine(at);
        while (block && !line.IsAtEnd)
        {
            block = !Begins(line, "#end");
            line = SkipLine(line);
        }

        closed = !block;
        return line;
    }

    private static TextSpan SkipBlock(TextSpan at, out bool closed)
    {
        bool star = false;
        Result<char> next = at.ConsumeChar().Remainder.ConsumeChar().Remainder.ConsumeChar();
        while (next.HasValue && !(star && next.Value == '/'))
        {
            star = next.Value == '*';
            next = next.Remainder.ConsumeChar();
        }

        closed = next.HasValue;
        return next.HasValue ? next.Remainder : next.Location;
    }

    private static TextSpan SkipList(TextSpan at, out bool closed)
    {
        int depth = 0;
        Result<char> next = at.ConsumeChar();
        while (next.HasValue && next.Value is not ('(' or ';' or '"'))
        {
            depth += next.Value == '[' ? 1 : next.Value == ']' ? -1 : 0;
            if (depth == 0)
            {
                closed = true;
                return next.Remainder;
            }

            next = next.Remainder.ConsumeChar();
        }

        closed = false;
        return next.Location;
    }

    private static TextSpan SkipText(TextSpan at, out bool closed)
    {
        Result<char> next = at.ConsumeChar();
        while (next.HasValue && next.Value is not ('"' or '\n' or '\r'))
        {
            if (next.Value == '\\')
            {
                next = next.Remainder.ConsumeChar();
                if (!next.HasValue)
                {
                    break;
                }
            }

            next = next.Remainder.ConsumeChar();
        }

        closed = next.HasValue && next.Value == '"';
        return closed ? next.Remainder : next.Location;
    }

    private static TextSpan SkipWord(TextSpan at, bool body, bool reference)
    {
        Result<char> next = at.ConsumeChar();
        if (next.HasValue && next.Value == '!' && Follows(next, '['))
        {
            return SkipList(next.Remainder, out _);
        }

        while (next.HasValue && !char.IsWhiteSpace(next.Value))
        {
            char c = next.Value;
            if (body ? c is ';' or ':' || (!reference && c is '(' or ')' or ',') : c == '(')
            {
                break;
            }

            if (c == '\\')
            {
                Result<char> after = next.Remainder.ConsumeChar();
                if (!after.HasValue || after.Value is '\r' or '\n')
                {
                    break;
                }

                next = after;
            }

            next = next.Remainder.ConsumeChar();
        }

        return next.Location;
    }
}
