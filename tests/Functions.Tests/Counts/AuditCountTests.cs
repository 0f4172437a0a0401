using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Tests.Faults;

namespace CertFunctions.Functions.Tests.Counts;

public sealed class AuditCountTests
{
    /// <summary>To record an entry, and to take its letter away.</summary>
    private const int RequestsOfAJob = 2;

    /// <summary>To read once where the chain of the day ends.</summary>
    private const int RequestsOfAnInstance = 1;

    /// <summary>To list a day that begins, and to chain it to the one before it.</summary>
    private const int RequestsOfADay = 2;

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(400)]
    public async Task The_audit_costs_a_job_as_much_whether_it_is_for_few_or_many(int users)
    {
        await using var scene = await RequestScene.SetAsync(users);

        Assert.Equal(RequestsOfADay + RequestsOfAnInstance + RequestsOfAJob, await CountAsync(scene));
        Assert.Equal(RequestsOfAnInstance + RequestsOfAJob, await CountAsync(scene));
    }

    /// <summary>Requests to the ledger, and for letters, of a job from its request to its end.</summary>
    private static async Task<int> CountAsync(RequestScene scene)
    {
        var worker = scene.World.StartWorker();
        await scene.PostAsync(worker);
        await scene.World.Queues.RunToEndAsync(worker);
        var count = 0;
        foreach (var call in worker.Storage.Calls)
        {
            var isOfAudit = call.IsOn(StorageNames.Tables.Audit) || call.Path.Contains("!audit!", StringComparison.Ordinal)
                || call.Path.Contains("%21audit%21", StringComparison.Ordinal) || await call.IsTransactionOfAsync(StorageNames.Tables.Audit);
            count += isOfAudit ? 1 : 0;
        }

        return count;
    }
}
