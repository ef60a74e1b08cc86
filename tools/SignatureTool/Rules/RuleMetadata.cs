using System.Collections.Generic;
using System.Linq;
using Appliance.Playback.Alerts;
using Appliance.Sensor.Signatures;
using Superpower.Model;

namespace Appliance.SignatureTool.Rules;

/// <summary><c>metadata</c>: the pairs that steer incidents, and those of others, which are kept as they are.</summary>
internal sealed class RuleMetadata
{
    // What resembles one of them is a slip of the finger.
    private static readonly string[] Steering = ["suspect", "kind", "conversation", "intent", "advice", "name", "mitre_technique_id"];

    private readonly List<KeyValuePair<string, string>> _others = [];

    private readonly List<string> _techniques = [];

    /// <summary>Techniques of MITRE ATT&amp;CK, by number.</summary>
    public IReadOnlyList<string> Techniques => _techniques;

    /// <summary>The pairs that mean nothing here.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Others => _others;

    /// <summary><c>name</c>; empty when there is none.</summary>
    public string Name { get; private set; } = "";

    /// <summary><c>intent</c></summary>
    public string Intent { get; private set; } = "";

    /// <summary><c>advice</c></summary>
    public string Advice { get; private set; } = "";

    /// <summary><c>suspect yes</c></summary>
    public bool Suspect { get; private set; }

    /// <summary><c>kind restricted-service</c></summary>
    public bool RestrictedService { get; private set; }

    /// <summary><c>conversation suspect</c></summary>
    public bool TalkIsSuspect { get; private set; }

    /// <summary><c>conversation service</c></summary>
    public bool TalkIsService { get; private set; }

    /// <summary>Reads an option; a rule may have several.</summary>
    public void Read(RuleOption option)
    {
        foreach (Token<RuleToken>[] pair in option.Values)
        {
            string key = pair[0].ToStringValue();
            string value = string.Join(' ', pair.Skip(1).Select(RuleOption.Plain));
            switch (key)
            {
                case "suspect":
                    if (value is not ("yes" or "no"))
                    {
                        option.Report(pair[0].Position, $"suspect is 'yes' or 'no', not '{value}'" + Suggestion.For(value, ["yes", "no"]));
                    }

                    Suspect = value == "yes";
                    break;
                case "kind":
                    if (value != "restricted-service")
                    {
                        option.Report(pair[0].Position, $"the only kind is 'restricted-service', not '{value}'"
                            + Suggestion.For(value, ["restricted-service"]));
                    }

                    RestrictedService = true;
                    break;
                case "conversation":
                    if (value is not ("suspect" or "service"))
                    {
                        option.Report(pair[0].Position, $"a conversation is 'suspect' or a 'service', not '{value}'"
                            + Suggestion.For(value, ["suspect", "service"]));
                    }

                    TalkIsSuspect = value == "suspect";
                    TalkIsService = value == "service";
                    break;
                case "mitre_technique_id":
                    ReadTechnique(option, pair, value);
                    break;
                case "intent":
                    Intent = NotEmpty(option, pair, value);
                    break;
                case "advice":
                    Advice = NotEmpty(option, pair, value);
                    break;
                case "name":
                    Name = NotEmpty(option, pair, value);
                    if (Name.Length > TableFormat.MostName || !RuleName.IsClean(Name))
                    {
                        option.Report(pair[^1].Position,
                            $"name has at most {TableFormat.MostName} ASCII characters and no '\"', '\\' or ']'");
                    }

                    break;
                default:
                    if (Suggestion.For(key, Steering) is { Length: > 0 } meant)
                    {
                        option.Warn(pair[0].Position, $"'{key}' steers nothing{meant}");
                    }

                    _others.Add(new KeyValuePair<string, string>(key, value));
                    break;
            }
        }
    }

    // Rules of others write T1595_001 too.
    private void ReadTechnique(RuleOption option, Token<RuleToken>[] pair, string value)
    {
        string number = value.Replace('_', '.');
        if (AttackTechnique.IsNumber(number))
        {
            _techniques.Add(number);
        }
        else
        {
            option.Warn(pair[^1].Position, $"'{value}' is no number of a technique, such as T1046 or T1595.001");
        }
    }

    private static string NotEmpty(RuleOption option, Token<RuleToken>[] pair, string value)
    {
        if (value.Length == 0)
        {
            option.Report(pair[0].Position, $"{pair[0].ToStringValue()} needs a text");
        }

        return value;
    }
}
