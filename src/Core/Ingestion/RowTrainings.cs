using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Ingestion;

/// <summary>The external trainings that rows name.</summary>
internal sealed class RowTrainings(IExternalTrainingStore store)
{
    /// <summary>More are forgotten between two chunks.</summary>
    private const int Kept = 10_000;

    private readonly Dictionary<LmsId, ExternalTraining?> trainings = [];

    public async ValueTask<ExternalTraining?> FindAsync(LmsId id, CancellationToken cancellationToken)
    {
        if (!trainings.TryGetValue(id, out var training))
        {
            training = await store.FindAsync(id, cancellationToken);
            trainings.Add(id, training);
        }

        return training;
    }

    public void Forget()
    {
        if (trainings.Count > Kept)
        {
            trainings.Clear();
        }
    }
}
