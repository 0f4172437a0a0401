using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Lms;

/// <summary>Applies elements of messages. Doing it again, or later than it should have been, changes nothing.</summary>
public sealed class ElementService(
    UserService users,
    GroupService groups,
    BranchService branches,
    ExternalTrainingService trainings,
    CompletionService completions,
    OrganisationClock clock)
{
    public async Task<ElementResult> ApplyAsync(WebhookElement element, CancellationToken cancellationToken)
    {
        if (!WebhookEvents.Read(element, clock).IsDone(out var said, out var unreadable))
        {
            return new ElementResult.Failed(unreadable, null);
        }

        return said switch
        {
            WebhookEvent.Completed completed => await ApplyAsync(completed.Completion, element, cancellationToken),
            WebhookEvent.UserChanged changed => await ApplyAsync(changed, element.Actor, cancellationToken),
            WebhookEvent.UserDeleted deleted => await ApplyAsync(deleted, element.Actor, cancellationToken),
            WebhookEvent.MemberChanged changed => await ApplyAsync(changed, element.Actor, cancellationToken),
            _ => new ElementResult.Unknown(),
        };
    }

    private async Task<ElementResult> ApplyAsync(Completion completion, WebhookElement element, CancellationToken cancellationToken)
    {
        if (completion.Activity is { Type: ActivityType.ExternalTraining, Id: var training })
        {
            var known = await trainings.EnsureAsync(training, completion.ActivityTitle, element.Actor, cancellationToken);
            completion = completion with { ActivityTitle = completion.ActivityTitle ?? known.Value.Title };
        }

        return ResultOf(await completions.ApplyAsync(completion, element.Provenance, cancellationToken));
    }

    private async Task<ElementResult> ApplyAsync(WebhookEvent.UserChanged changed, Actor by, CancellationToken cancellationToken)
    {
        if (changed.News.BranchId is { } branch
            && !(await branches.EnsureAsync(branch, changed.News.BranchName, by, cancellationToken)).IsDone(out _, out var why))
        {
            return new ElementResult.Failed(why, null);
        }

        return ResultOf(
            await users.PutAsync(UserPut.Edit(changed.UserId, changed.News.ToEdit, Precondition.None), changed.At, by, cancellationToken));
    }

    private async Task<ElementResult> ApplyAsync(WebhookEvent.UserDeleted deleted, Actor by, CancellationToken cancellationToken)
    {
        await users.DeleteAsync(deleted.UserId, deleted.At, by, cancellationToken);
        return new ElementResult.Applied();
    }

    /// <summary>A removal is remembered also of a user that is not known yet, so that an addition before it does not count.</summary>
    private async Task<ElementResult> ApplyAsync(WebhookEvent.MemberChanged changed, Actor by, CancellationToken cancellationToken)
    {
        if (await groups.EnsureAsync(changed.GroupId, changed.GroupName, changed.At, by, cancellationToken) is null)
        {
            return new ElementResult.Applied();
        }

        if (changed.IsMember)
        {
            return ResultOf(await groups.AddMemberAsync(changed.GroupId, changed.UserId, changed.At, by, cancellationToken));
        }

        await groups.RememberRemovalAsync(changed.GroupId, changed.UserId, changed.At, by, cancellationToken);
        return new ElementResult.Applied();
    }

    private static ElementResult ResultOf<T>(Outcome<T> outcome) => outcome.IsDone(out _, out var why)
        ? new ElementResult.Applied()
        : new ElementResult.Failed(why, why.AwaitedUser);
}
