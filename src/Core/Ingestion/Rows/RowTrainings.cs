using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>The external trainings that rows name.</summary>
internal sealed class RowTrainings(IExternalTrainingStore store)
{
    /// <summary>More are forgotten between two chunks.</summary>
    private const int Kept = 10_000;

    private const int ReadAtOnce = 32;

    private readonly Dictionary<LmsId, ExternalTraining?> trainings = [];
    private readonly HashSet<LmsId> unknown = [];

    public void Name(LmsId id)
    {
        if (!trainings.ContainsKey(id))
        {
            unknown.Add(id);
        }
    }

    /// <summary>Finds those that were named since the last time, many at once.</summary>
    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        foreach (var some in unknown.Chunk(ReadAtOnce))
        {
            foreach (var (id, training) in some.Zip(await Task.WhenAll(some.Select(id => store.FindAsync(id, cancellationToken)))))
            {
                trainings.Add(id, training);
            }
        }

        unknown.Clear();
    }

    /// <returns>Null: there is none.</returns>
    public ExternalTraining? Find(LmsId id) => trainings[id];

    public void Forget()
    {
        if (trainings.Count > Kept)
        {
            trainings.Clear();
        }
    }
}
