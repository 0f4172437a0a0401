using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// The keys of table <c>Awards</c>. A partition is a shard of the users, so that one transaction covers everything that must
/// change together; the first letter of a row key says what the row holds.
/// </summary>
internal static class AwardKeys
{
    /// <summary>Sorts after every date.</summary>
    public const string NeverExpires = "always";

    private const string PastHolder = "K";

    public static string Partition(Shard shard) => shard.Number.ToString("x2", CultureInfo.InvariantCulture);

    public static Shard ShardOf(string partition) => Shard.Numbered(int.Parse(partition, NumberStyles.HexNumber, CultureInfo.InvariantCulture));

    /// <summary>U: the truth, the latest version of an award.</summary>
    public static string Truth(LmsId userId, CertificationCode code) => StorageKey.Join("U", userId.Value, code.Key);

    public static (string From, string To) TruthsOf(LmsId userId) => StorageKey.RangeBelow("U", userId.Value);

    /// <summary>All truths of the users from one to another.</summary>
    public static (string From, string To) TruthsBetween(LmsId first, LmsId last) => (TruthsOf(first).From, TruthsOf(last).To);

    /// <summary>C: a holder, in the order of expiry.</summary>
    public static string ByExpiry(CertificationCode code, DateOnly? expiresOn, LmsId userId) =>
        StorageKey.Join("C", code.Key, ExpiryPart(expiresOn), userId.Value);

    /// <summary>All whose expiry lies in a range: one range of keys, as "never" sorts behind the last day.</summary>
    public static (string From, string To) Expiring(CertificationCode code, ExpiryRange range) => (
        StorageKey.RangeBelow("C", code.Key, ExpiryPart(range.HasDays ? range.From : null)).From,
        StorageKey.RangeBelow("C", code.Key, ExpiryPart(range.AlwaysValid ? null : range.To)).To);

    /// <summary>S: a holder, in the order of usernames.</summary>
    public static string ByUsername(CertificationCode code, string username, LmsId userId) =>
        StorageKey.Join("S", code.Key, StorageKey.OfText(username), userId.Value);

    public static (string From, string To) AllByUsername(CertificationCode code) => StorageKey.RangeBelow("S", code.Key);

    public static (string From, string To) UsernamesFrom(CertificationCode code, string prefix) =>
        StorageKey.RangeOfPrefix(StorageKey.Join("S", code.Key, StorageKey.OfTextPrefix(prefix)));

    /// <summary>K: somebody who held it once, in the order in which they were unassigned.</summary>
    public static string ByEnd(CertificationCode code, DateOnly endedOn, LmsId userId) =>
        StorageKey.Join(PastHolder, code.Key, CalendarDate.ToText(endedOn), userId.Value);

    /// <summary>All who were unassigned after a day.</summary>
    public static (string From, string To) EndedAfter(CertificationCode code, DateOnly day)
    {
        var (from, to) = StorageKey.RangeBelow(PastHolder, code.Key);
        return (day == DateOnly.MaxValue ? to : from + CalendarDate.ToText(day.AddDays(1)), to);
    }

    public static bool IsOfPastHolder(string rowKey) => rowKey.StartsWith(PastHolder, StringComparison.Ordinal);

    /// <summary>E: that awards of a certification expire on a day; in the order of days.</summary>
    public static string OfExpiry(DateOnly? expiresOn, CertificationCode code) => StorageKey.Join("E", ExpiryPart(expiresOn), code.Key);

    public static (string From, string To) Expiries(ExpiryRange range) => (
        StorageKey.RangeBelow("E", ExpiryPart(range.HasDays ? range.From : null)).From,
        StorageKey.RangeBelow("E", ExpiryPart(range.AlwaysValid ? null : range.To)).To);

    public static (DateOnly? ExpiresOn, CertificationCode Code) ReadExpiry(string rowKey)
    {
        var parts = rowKey.Split(StorageKey.Separator);
        return (parts[1] == NeverExpires ? null : CalendarDate.Parse(parts[1]), CertificationCode.Parse(parts[2]));
    }

    /// <summary>N: how many hold a certification, and how many of them expire in which month.</summary>
    public static string HolderCount(CertificationCode code) => StorageKey.Join("N", code.Key);

    public static CertificationCode ReadHolderCount(string rowKey) => CertificationCode.Parse(rowKey.Split(StorageKey.Separator)[1]);

    /// <summary>The range that holds that row alone.</summary>
    public static (string From, string To) HolderCountOnly(CertificationCode code) => (HolderCount(code), HolderCount(code) + ' ');

    /// <summary>Those of all certifications.</summary>
    public static (string From, string To) HolderCounts => StorageKey.RangeBelow("N");

    /// <summary>J: the receipt of a run.</summary>
    public static string Receipt(RunKey run) => StorageKey.Join("J", run.JobId.Value, Number(run.Run));

    public static (string From, string To) ReceiptsOf(JobId jobId) => StorageKey.RangeBelow("J", jobId.Value);

    /// <summary>R: the results of the users of one transaction, from an index in the run on.</summary>
    public static string Results(RunKey run, int from) => StorageKey.Join("R", run.JobId.Value, Number(run.Run), Number(from));

    public static (string From, string To) ResultsOf(RunKey run) => StorageKey.RangeBelow("R", run.JobId.Value, Number(run.Run));

    /// <summary>Those from an index in the run on.</summary>
    public static (string From, string To) ResultsFrom(RunKey run, int from) => (Results(run, from), ResultsOf(run).To);

    /// <returns>The index in the run of the first of the results of a row.</returns>
    public static int FromOf(string rowKey) =>
        int.Parse(rowKey.AsSpan(rowKey.LastIndexOf(StorageKey.Separator) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>H: a superseded version.</summary>
    public static string Superseded(Award award) => Superseded(new AwardVersion(award.UserId, award.CertificationCode, award.Version));

    public static string Superseded(AwardVersion version) =>
        StorageKey.Join("H", version.UserId.Value, version.CertificationCode.Key, Number(version.Version));

    /// <summary>F: a completion. Its marks follow it.</summary>
    public static string OfCompletion(Completion completion) => StorageKey.Join(PartsOf(completion));

    /// <summary>F, one part longer: that a completion was used for a certification.</summary>
    public static string Mark(Completion completion, CertificationCode code) => StorageKey.Join([.. PartsOf(completion), code.Key]);

    public static (string From, string To) MarksOf(Completion completion) => StorageKey.RangeBelow(PartsOf(completion));

    /// <summary>Facts and marks of an activity: in the order of users, then of days.</summary>
    public static (string From, string To) CompletionsOf(Activity activity) => StorageKey.RangeBelow("F", activity.Type.ToString(), activity.Id.Value);

    /// <summary>Those of the users behind one; null: all.</summary>
    public static (string From, string To) CompletionsBehind(Activity activity, LmsId? after) => after is null
        ? CompletionsOf(activity)
        : (StorageKey.RangeBelow("F", activity.Type.ToString(), activity.Id.Value, after.Value).To, CompletionsOf(activity).To);

    /// <summary>Those of the users from one to another.</summary>
    public static (string From, string To) CompletionsBetween(Activity activity, LmsId first, LmsId last) => (
        StorageKey.RangeBelow("F", activity.Type.ToString(), activity.Id.Value, first.Value).From,
        StorageKey.RangeBelow("F", activity.Type.ToString(), activity.Id.Value, last.Value).To);

    /// <returns>The completion that a fact or a mark is about, but for the title, and the certification that a mark is about.</returns>
    public static (Completion Completion, CertificationCode? Code) ReadCompletion(string rowKey)
    {
        var parts = rowKey.Split(StorageKey.Separator);
        var activity = new Activity(Enum.Parse<ActivityType>(parts[1]), LmsId.Parse(parts[2]));
        return (
            new Completion(LmsId.Parse(parts[3]), activity, ActivityTitle: null, CalendarDate.Parse(parts[4])),
            parts.Length > 5 ? CertificationCode.Parse(parts[5]) : null);
    }

    private static string[] PartsOf(Completion completion) =>
    [
        "F",
        completion.Activity.Type.ToString(),
        completion.Activity.Id.Value,
        completion.UserId.Value,
        CalendarDate.ToText(completion.CompletedOn),
    ];

    /// <summary>Fixed width, so that keys sort as the numbers do.</summary>
    private static string Number(int number) => number.ToString("x8", CultureInfo.InvariantCulture);

    private static string ExpiryPart(DateOnly? expiresOn) => expiresOn is { } date ? CalendarDate.ToText(date) : NeverExpires;
}
