using System.Collections.Generic;

namespace Appliance.SignatureTool.Learning;

/// <summary>An entry of a profile.</summary>
/// <param name="IsService">It is a <c>[[serves]]</c>; else an <c>[[expected]]</c>.</param>
/// <param name="Keys">Its keys and values, as TOML.</param>
/// <param name="Reasons">Why, a comment each.</param>
internal sealed record Entry(bool IsService, IReadOnlyList<(string Key, string Value)> Keys, IReadOnlyList<string> Reasons);

/// <summary>What became of an incident: an entry, or why there is none.</summary>
/// <param name="Told">The incident.</param>
/// <param name="Entry">The entry; null for none.</param>
/// <param name="Reason">Why there is none; empty where there is one.</param>
internal sealed record Decision(Told Told, Entry? Entry, string Reason);
