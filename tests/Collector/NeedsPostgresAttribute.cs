using System;
using Appliance.Traffic;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace Appliance.Collector.Tests;

/// <summary>
/// A test that needs PostgreSQL's server, whose programs Debian keeps out of PATH; skipped with that reason where it is absent,
/// never in CI.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, Inherited = true)]
public sealed class NeedsPostgresAttribute : ConditionBaseAttribute
{
    /// <summary>Makes the condition.</summary>
    public NeedsPostgresAttribute()
        : base(ConditionMode.Include)
    {
        IgnoreMessage = "needs PostgreSQL (package postgresql), which is not installed on this machine";
    }

    /// <inheritdoc/>
    public override string GroupName => "NeedsPostgres";

    /// <inheritdoc/>
    public override bool IsConditionMet => NeedsToolAttribute.IsCi
        || (PostgresServer.Programs() is not null && NeedsToolAttribute.Find("psql") is not null);
}
