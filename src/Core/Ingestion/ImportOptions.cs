using System.Globalization;
using System.Text.Json.Serialization;

namespace CertFunctions.Core.Ingestion;

/// <summary>What whoever sends a file of users says of it. A request says it in its query, a dropped file in the metadata of its blob.</summary>
public sealed record ImportOptions
{
    public const string MissingName = "missing";
    public const string TakenAtName = "takenAt";
    public const string ConfirmUsersName = "confirmUsers";

    public static readonly ImportOptions None = new();

    /// <summary>What becomes of users that are not in the file.</summary>
    public MissingUsers Missing { get; init; }

    /// <summary>When the file was taken from the LMS: later news of a user counts more than its row. Null: when the file came.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>How many users may be deactivated, exactly; null: not said.</summary>
    public int? ConfirmUsers { get; init; }

    /// <summary>What cannot be read of what was said; null: all could.</summary>
    public string? Unreadable { get; init; }

    /// <summary>Two files of the same content for which different things are said are not the same.</summary>
    [JsonIgnore]
    public string Key => this == None ? "" : string.Create(CultureInfo.InvariantCulture, $"{Missing}/{TakenAt:O}/{ConfirmUsers}/{Unreadable}");

    /// <param name="metadata">Names in any case; others than ours are somebody else's.</param>
    public static ImportOptions Of(IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var options = None;
        foreach (var (name, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            options = name switch
            {
                _ when Is(MissingName) => value.ToLowerInvariant() switch
                {
                    "keep" => options with { Missing = MissingUsers.Keep },
                    "deactivate" => options with { Missing = MissingUsers.Deactivate },
                    _ => options.With(MissingName, "must be one of keep, deactivate"),
                },
                _ when Is(TakenAtName) => Instant.TryParse(value, out var takenAt)
                    ? options with { TakenAt = takenAt }
                    : options.With(TakenAtName, Instant.Rule),
                _ when Is(ConfirmUsersName) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                    ? options with { ConfirmUsers = count }
                    : options.With(ConfirmUsersName, "must be a whole number"),
                _ => options,
            };

            bool Is(string known) => name.Equals(known, StringComparison.OrdinalIgnoreCase);
        }

        return options;
    }

    /// <returns>Which option breaks a rule, and which rule.</returns>
    public IEnumerable<(string Name, string Why)> Broken(ImportKind kind, DateTimeOffset now)
    {
        if (kind != ImportKind.Users && Missing != MissingUsers.Keep)
        {
            yield return (MissingName, "is for files of users");
        }

        if (kind != ImportKind.Users && TakenAt is not null)
        {
            yield return (TakenAtName, "is for files of users");
        }

        if (TakenAt > now)
        {
            yield return (TakenAtName, "lies in the future");
        }

        if (ConfirmUsers is not null && Missing != MissingUsers.Deactivate)
        {
            yield return (ConfirmUsersName, "says how many are deactivated: only with missing=deactivate");
        }
    }

    private ImportOptions With(string name, string why) => this with { Unreadable = $"{name} {why}" };
}

/// <summary>What becomes of users that are not in a file of users.</summary>
public enum MissingUsers
{
    /// <summary>Nothing.</summary>
    Keep,

    /// <summary>They are deactivated: the file is the whole directory.</summary>
    Deactivate,
}
