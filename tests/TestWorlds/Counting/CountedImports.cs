using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Files that are imported one after the other, each by a process that knows nothing yet, one message at a time: so counts are exact.</summary>
public sealed class CountedImports(World world)
{
    /// <summary>From the file in the drop to its report.</summary>
    /// <returns>The job, and how many requests to tables it took for each row.</returns>
    public async Task<(Job Job, double RequestsPerRow)> RunAsync(string path, string text)
    {
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var blob = world.Storage.Container(StorageNames.Containers.Imports).GetBlobClient(path);
        await blob.UploadAsync(BinaryData.FromString(text), overwrite: true);
        var worker = world.StartWorker();
        await worker.Get<IngestFile>().Run(blob, CancellationToken.None);
        await world.Queues.RunToEndAsync(worker);
        var job = (await world.JobsAsync())[0];
        return (job, (double)world.TableRequestsOf(worker) / job.Counts.Processed);
    }
}
