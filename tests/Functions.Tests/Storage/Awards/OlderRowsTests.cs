using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>Rows of awards as an app wrote them that did not know whether users are active.</summary>
public sealed class OlderRowsTests
{
    private static readonly LmsId User = Seed.Ids(1)[0];

    [Fact]
    public async Task Show_their_user_as_active_until_the_user_changes()
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync([User]);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var worker = world.StartWorker();
        var shown = (await worker.Get<IUserStore>().FindAsync(User, CancellationToken.None))!.Shown;
        await worker.Get<IAwardStore>().TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, User), shown), CancellationToken.None);
        await RewriteAsync(world.Storage.Table(StorageNames.Tables.Awards), row => row.Remove(AwardRow.Active));
        await RewriteAsync(world.Storage.Table(StorageNames.Tables.Users), row => row["active"] = false);

        Assert.True((await FindAsync()).Active);
        Assert.Empty(await world.CheckAsync());

        var name = Seed.UsernameOf(User);
        await worker.Get<UserService>().PutAsync(
            User, new UserEdit(name, name, "King", null, null, null), Precondition.None, at: null, By.Hand, CancellationToken.None);
        Assert.Equal(("King", false), await FindAsync() is var now ? (now.LastName, now.Active) : default);
        Assert.Empty(await world.CheckAsync());

        async Task<ShownUser> FindAsync() => (await worker.Get<IAwardStore>().FindAsync(code, User, CancellationToken.None))!.User;
    }

    private static async Task RewriteAsync(TableClient table, Action<TableEntity> change)
    {
        foreach (var row in await table.QueryAsync<TableEntity>().Where(row => row.ContainsKey("username")).ToListAsync())
        {
            change(row);
            await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);
        }
    }
}
