using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Completions;

/// <summary>Awards users for what they completed.</summary>
public sealed class CompletionService(
    IUserStore users, ICompletionStore completions, ICertificationStore certifications, IAwardStore awards, UserFollower follower)
{
    /// <summary>
    /// Keeps the completion and awards every active certification that lists the activity. Safe to repeat: a completion is used once
    /// for each certification, whatever happened to the award since.
    /// </summary>
    /// <returns>
    /// A result for each certification that lists the activity, in the order of codes. Else why not all of them could be awarded:
    /// <c>user_not_found</c> (nothing is kept), <c>user_deactivated</c> (the completion is kept), or what the first of them failed for,
    /// after all were tried.
    /// </returns>
    public async Task<Outcome<IReadOnlyList<CompletionResult>>> ApplyAsync(
        Completion completion, Provenance provenance, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(completion.UserId, cancellationToken) is not { } user)
        {
            return DirectoryRejections.UserNotFound(completion.UserId);
        }

        var used = await completions.KeepAsync(completion, provenance, cancellationToken);
        if (!user.Active)
        {
            return DirectoryRejections.UserDeactivated(user.Id);
        }

        var applied = new List<Applied>();
        foreach (var certification in await certifications.FindListingAsync(completion.Activity, cancellationToken))
        {
            applied.Add(await ApplyAsync(completion, certification, user, used.Contains(certification.Code), provenance, cancellationToken));
        }

        // Also where an award was stored before a crash: nobody else looks after how it shows the user.
        var shown = applied.Select(one => one.Shown).OfType<ShownUser>().Distinct().Select(one => new ShownHolder(user.Id, one));
        await follower.FollowAsync(Shard.Of(user.Id), [.. shown], before: null, cancellationToken);

        return applied.Find(one => one.Result.Outcome == ChangeOutcome.Failed) is { } failed
            ? Rejection.Invalid(failed.Result.Code!, "completedOn", $"cannot award {failed.Result.CertificationCode}: {failed.Result.Detail!.TrimEnd('.')}")
            : applied.ConvertAll(one => one.Result);
    }

    private Task<Applied> ApplyAsync(
        Completion completion, Certification certification, User user, bool isUsed, Provenance provenance, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Applied>(async () =>
        {
            var before = await awards.FindAsync(certification.Code, user.Id, cancellationToken);
            if (isUsed)
            {
                return new Applied(ResultOf(certification, CompletionRules.AlreadyDone), before?.User);
            }

            var decided = CompletionRules.Decide([completion], certification, user.Id, user, before?.Award, provenance);
            var write = new AwardWrite(user.Id, user.Shown, before, decided.Decision.After) { Completions = decided.MarksFor(certification.Code) };
            if (decided.Used.Count == 0 || await awards.TryWriteAsync(write, cancellationToken))
            {
                return new Applied(ResultOf(certification, decided.Decision), decided.Decision.After is null ? null : user.Shown);
            }

            isUsed = (await completions.FindUsedAsync(certification.Code, Shard.Of(user.Id), [completion], cancellationToken)).Count > 0;

            return null;
        });

    private static CompletionResult ResultOf(Certification certification, Decision decision) =>
        new(certification.Code, decision.Outcome, decision.Code, decision.Detail, decision.After?.Version);

    /// <param name="Shown">How the award shows the user, where it was stored for this completion.</param>
    private sealed record Applied(CompletionResult Result, ShownUser? Shown);
}
