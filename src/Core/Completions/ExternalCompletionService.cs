using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Completions;

/// <summary>Notes by hand who completed an external training, and awards for it.</summary>
/// <remarks>
/// No message comes again after a crash, so what must then be looked after is noted first: a user who is renamed or deactivated while the award
/// is stored would be shown as before for ever.
/// </remarks>
public sealed class ExternalCompletionService(
    IExternalTrainingStore trainings, CompletionService completions, IUserFollowUps followUps, OrganisationClock clock)
{
    /// <param name="completedOn">May lie in the future.</param>
    public async Task<Outcome<IReadOnlyList<CompletionResult>>> CompleteAsync(
        LmsId trainingId, LmsId userId, DateOnly completedOn, string caller, CancellationToken cancellationToken)
    {
        if (await trainings.FindAsync(trainingId, cancellationToken) is not { } training)
        {
            return DirectoryRejections.ExternalTrainingNotFound(trainingId);
        }

        var completion = new Completion(userId, new Activity(ActivityType.ExternalTraining, trainingId), training.Title, completedOn);
        var provenance = new Provenance(caller, clock.Now, null, null);
        var followUp = new UserFollowUp(userId, Guid.NewGuid().ToString("n"), clock.Now) { ShownOtherwise = true, IsAhead = true };
        await followUps.AddAsync(followUp, cancellationToken);
        var outcome = await completions.ApplyAsync(completion, provenance, cancellationToken);
        await followUps.RemoveManyAsync([followUp], cancellationToken);
        return outcome is Outcome<IReadOnlyList<CompletionResult>>.Rejected { Why.Kind: RejectionKind.NotFound }
            ? DirectoryRejections.UnknownUser("userId")
            : outcome;
    }
}
