using Azure.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Storage.Completions;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>All sides of one store of awards.</summary>
public sealed record AwardPorts(
    IAwardStore Store, IRunStore Runs, IAwardListStore Lists, IPastAwardStore Past, IAllAwardsStore All, IAwardProjection Projection, IAwardCounts Counts, IExpiryCounts Expiries, ICompletionStore Completions, FakeUserStore Users)
{
    public static AwardPorts OfTheFake()
    {
        var users = new FakeUserStore();
        var fake = new FakeAwardStore(TimeProvider.System, users);
        return new AwardPorts(fake, fake, fake, fake, fake, fake, fake, fake, new FakeCompletionStore(fake), users);
    }

    public static async Task<AwardPorts> OfTheTableAsync(Action<ClientOptions>? adjust = null)
    {
        var table = (await Emulator.ClientsAsync(adjust)).Table(StorageNames.Tables.Awards);
        var users = new FakeUserStore();
        return new AwardPorts(
            new TableAwardStore(table, TimeProvider.System, TestAudit.OutboxOn(table)),
            new TableRunStore(table, TimeProvider.System),
            new TableAwardListStore(table),
            new TablePastAwardStore(table),
            new TableAllAwardsStore(table),
            new TableAwardProjection(table, users, TimeProvider.System),
            new TableAwardCounts(table),
            new TableExpiryCounts(table),
            new TableCompletionStore(table),
            users);
    }
}
