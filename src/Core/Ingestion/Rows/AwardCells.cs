using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>What the cells of a row say besides whom it awards what: the same for all rows that say it alike.</summary>
internal sealed record AwardCells
{
    /// <summary>What is wrong before the external training is looked up.</summary>
    public RowError? Error { get; init; }

    /// <summary>What is wrong after that.</summary>
    public RowError? LateError { get; init; }

    public bool IsRevoked { get; init; }

    /// <summary>Null only where something is wrong or an award is revoked. Its association lacks the title of the training.</summary>
    public AwardOrder? Order { get; init; }

    public string? Reason { get; init; }

    /// <summary>The external training that must exist.</summary>
    public LmsId? TrainingId => Order?.Association.ActivityId;

    /// <param name="training">The one that <see cref="TrainingId"/> names; its title goes with the award.</param>
    public AwardOrder OrderFor(ExternalTraining? training) => training is null
        ? Order!
        : Order! with { Association = Order.Association with { ActivityTitle = training.Title } };
}
