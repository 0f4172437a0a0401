using System.Globalization;

namespace CertFunctions.Core;

/// <summary>What a caller demands of the resource that it is about to write (<c>If-Match</c>, <c>If-None-Match: *</c>).</summary>
/// <param name="AnyOf">The versions of which the resource must have one; null demands none.</param>
/// <param name="Exists">True: the resource must exist; false: it must not; null: either will do.</param>
public sealed record Precondition(IReadOnlyList<string>? AnyOf, bool? Exists)
{
    public static readonly Precondition None = new(null, null);

    /// <param name="version">The resource's public version; null when there is no such resource.</param>
    public bool Holds(string? version) =>
        (Exists is null || Exists == version is not null) && (AnyOf is null || (version is not null && AnyOf.Contains(version)));

    public bool Holds(int? version) => Holds(version?.ToString(CultureInfo.InvariantCulture));
}
