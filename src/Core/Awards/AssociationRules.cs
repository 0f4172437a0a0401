using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>Checks what an award is to be associated with.</summary>
public sealed class AssociationRules(IExternalTrainingStore trainings)
{
    /// <returns>The association with the title of its activity where that is known.</returns>
    public async Task<Outcome<Association>> ResolveAsync(Association asked, CancellationToken cancellationToken) => asked.Type switch
    {
        AssociationType.Manual when asked.ActivityId is not null || asked.ActivityType is not null =>
            Rejection.Invalid(ErrorCode.InvalidRequest, "association", "of type manual names no activity"),
        AssociationType.ExternalTraining when asked.ActivityId is null =>
            Rejection.Invalid(ErrorCode.ExternalTrainingRequired, "association.activityId", "is required with type externalTraining"),
        AssociationType.ExternalTraining when asked.ActivityType is not null =>
            Rejection.Invalid(ErrorCode.InvalidRequest, "association.activityType", "goes with type completion only"),
        AssociationType.Completion when asked.ActivityType is ActivityType.ExternalTraining =>
            Rejection.Invalid(ErrorCode.InvalidRequest, "association.activityType", "is course or learningPlan with type completion"),
        AssociationType.ExternalTraining => await WithTitleAsync(asked, cancellationToken),
        _ => asked,
    };

    private async Task<Outcome<Association>> WithTitleAsync(Association asked, CancellationToken cancellationToken) =>
        await trainings.FindAsync(asked.ActivityId!, cancellationToken) is { } training
            ? asked with { ActivityTitle = training.Title }
            : Rejection.Invalid(ErrorCode.ExternalTrainingNotFound, "association.activityId", "is no external training that exists");
}
