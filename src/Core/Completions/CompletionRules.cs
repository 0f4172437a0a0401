using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Completions;

/// <summary>
/// Decides what completions do to one user. Pure. They only make the order: whether it beats what the user holds is decided as it is for
/// every other award.
/// </summary>
public static class CompletionRules
{
    /// <summary>What happens to a completion that was used for the certification before.</summary>
    public static readonly Decision AlreadyDone = Decision.Skip(ErrorCode.AlreadyDone, "The completion was used for this certification before.");

    /// <param name="completions">Of activities that the certification lists, the oldest first; at least one.</param>
    /// <param name="user">Null: there is no such user.</param>
    /// <param name="existing">The latest version of the user's award, an unassigned one included; null: never awarded.</param>
    /// <returns>One decision for all: at most one new version, as the last completion that counted leaves it.</returns>
    public static CompletionDecision Decide(
        IReadOnlyList<Completion> completions, Certification certification, LmsId userId, User? user, Award? existing, Provenance provenance)
    {
        var held = existing;
        Decision? all = null;
        var used = new List<Completion>();
        foreach (var completion in completions)
        {
            var one = Decide(completion, certification, userId, user, held, provenance);
            all = all is null ? one : Combine(all, one);
            held = one.After ?? held;
            if (one.Outcome != ChangeOutcome.Failed)
            {
                used.Add(completion);
            }
        }

        return new CompletionDecision(all!, used);
    }

    /// <summary>What happens to a completion whose activity was taken off the certification since it was found.</summary>
    public static readonly Decision NotListed = Decision.Skip(ErrorCode.NotListed, "The certification no longer lists what was completed.");

    /// <summary>
    /// The same for completions of which some may have been used for the certification before, or be of activities that it no longer lists.
    /// </summary>
    public static CompletionDecision DecideUnused(
        IReadOnlyList<Completion> completions,
        IReadOnlySet<CompletionMark> used,
        Certification certification,
        LmsId userId,
        User? user,
        Award? existing,
        Provenance provenance)
    {
        List<Completion> unused = [.. completions.Where(completion => !used.Contains(new CompletionMark(certification.Code, completion)))];
        List<Completion> left = [.. unused.Where(completion => certification.Activities.Contains(completion.Activity))];
        return left.Count > 0
            ? Decide(left, certification, userId, user, existing, provenance)
            : new CompletionDecision(unused.Count > 0 ? NotListed : AlreadyDone, []);
    }

    public static Association AssociationOf(Completion completion) => completion.Activity.Type == ActivityType.ExternalTraining
        ? new Association(AssociationType.ExternalTraining, null, completion.Activity.Id, completion.ActivityTitle)
        : new Association(AssociationType.Completion, completion.Activity.Type, completion.Activity.Id, completion.ActivityTitle);

    private static Decision Decide(
        Completion completion, Certification certification, LmsId userId, User? user, Award? held, Provenance provenance)
    {
        var inRange = TryExpiry(completion.CompletedOn, certification, held, out var expiresOn);
        var order = new AwardOrder(completion.CompletedOn, expiresOn, AssociationOf(completion), OnExisting.KeepNewest, Reason: null);
        var decision = AwardRules.Decide(order, certification, userId, user, held, provenance);
        return inRange || decision.Outcome == ChangeOutcome.Failed
            ? decision
            : Decision.Fail(ErrorCode.ExpiryOutOfRange, "The validity of the certification would end beyond 9999-12-31.");
    }

    /// <summary>The version is that of the first, the dates are those of the last. A failure is told only where there is nothing else.</summary>
    private static Decision Combine(Decision before, Decision next) => (before, next) switch
    {
        ({ After: { } first }, { After: { } last }) => before with { After = last with { Version = first.Version, Change = first.Change } },
        ({ After: not null }, _) or (_, { Outcome: ChangeOutcome.Failed }) => before,
        (_, { After: not null }) or ({ Outcome: ChangeOutcome.Failed }, _) => next,
        _ => before,
    };

    /// <returns>False: beyond the last day that there is.</returns>
    private static bool TryExpiry(DateOnly completedOn, Certification certification, Award? held, out DateOnly? expiresOn)
    {
        expiresOn = null;
        if (certification.Validity is null)
        {
            return true;
        }

        var from = RenewsFrom(completedOn, certification, held) ?? completedOn;
        var inRange = certification.Validity.TryAddTo(from, out var date);
        expiresOn = date;
        return inRange;
    }

    /// <returns>The expiry that the new validity is counted from; null: it is counted from the completion.</returns>
    private static DateOnly? RenewsFrom(DateOnly completedOn, Certification certification, Award? held)
    {
        if (certification is not { Renewal: RenewalRule.FromExpiry, RenewalWindowDays: > 0 } || held is not { Held: true, ExpiresOn: { } expiresOn })
        {
            return null;
        }

        var daysLeft = expiresOn.DayNumber - completedOn.DayNumber;
        return daysLeft >= 0 && daysLeft <= certification.RenewalWindowDays ? expiresOn : null;
    }
}
