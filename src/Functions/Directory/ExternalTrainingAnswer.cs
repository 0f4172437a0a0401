using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Directory;

/// <summary>An external training as callers see it.</summary>
public sealed record ExternalTrainingAnswer(LmsId Id, string Title, string? Provider, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static ExternalTrainingAnswer Of(ExternalTraining training) =>
        new(training.Id, training.Title, training.Provider, training.CreatedAt, training.UpdatedAt);
}
