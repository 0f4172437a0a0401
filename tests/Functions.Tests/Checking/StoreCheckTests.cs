using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.Operations.Checking;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Checking;

/// <summary>The judge is judged: whatever is spoilt in a sound store, it names.</summary>
public sealed class StoreCheckTests
{
    [Fact]
    public async Task Finds_nothing_in_a_sound_store_and_names_each_kind_of_damage()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Empty(await scene.World.CheckAsync());

        var awards = new Damage(scene.World, StorageNames.Tables.Awards);
        await awards.IsNamedAsync("its list row C!", "C!", row => null);
        await awards.IsNamedAsync("its list row S!", "S!", row => null);
        await awards.IsNamedAsync("shows Award", "C!", row => Changed(row, "expiresOn", "2029-01-01"));
        await awards.IsNamedAsync("shows Award", "S!", row => Changed(row, "version", 9));
        await awards.IsNamedAsync("shows ShownUser", "S!", row => Changed(row, "username", "somebody"));
        await awards.IsNamedAsync("shows ShownUser", "C!", row => Changed(row, "active", false));
        await awards.IsNamedAsync("a list row without an award", "U!", row => Changed(row, "held", false));
        await awards.IsNamedAsync("says that it wrote version", "U!", row => null);
        await awards.IsNamedAsync("has no result that says so", "R!", row => null);
        await awards.IsNamedAsync("holders, there are", "N!", row => Changed(row, "holders", 7));
        await awards.IsNamedAsync("counts expiries", "N!", row => Changed(row, $"{HolderCount.Expiries}0", Others().ToBytes()));
        await awards.IsNamedAsync("counts expiries by day", "N!", row => Changed(row, $"{HolderCount.Days}0", Others().ToBytes()));
        await awards.IsNamedAsync("although an award expires then", "E!", row => null);
        await awards.IsNamedAsync("its receipts add up to", "J!", row => Changed(row, "awarded", 1));
        await awards.IsNamedAsync("its results add up to", "J!", row => Changed(row, "skipped", 1));
        await awards.IsNamedAsync("history has versions", "H!", row => null);

        Assert.Equal(204, (await TestAnswer.Of(await scene.World.StartWorker().Get<UnassignAward>().Run(
            TestRequest.Delete("/api"), scene.Code.Value, (await scene.World.HoldersAsync(scene.Code))[0].Value, CancellationToken.None))).Status);
        Assert.Empty(await scene.World.CheckAsync());
        await awards.IsNamedAsync("its list row K!", "K!", row => null);
        await awards.IsNamedAsync("shows Award", "K!", row => Changed(row, "endedOn", "2026-11-23"));

        await new Damage(scene.World, StorageNames.Tables.Users).IsNamedAsync("but the user is", "U!", row => Changed(row, "active", false));
        await new Damage(scene.World, StorageNames.Tables.Jobs).IsNamedAsync("has receipts and does not exist", "J!", row => null);
    }

    [Fact]
    public async Task Names_what_does_not_fit_together_in_the_directory()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        var (user, branch, group) = (LmsId.Parse("u-1"), LmsId.Parse("north"), LmsId.Parse("drivers"));
        await worker.Get<BranchService>().PutAsync(branch, "North", null, Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<UserService>().PutAsync(
            user, new UserEdit("ada", "Ada", "Lovelace", null, branch, true), Precondition.None, null, By.Hand, CancellationToken.None);
        await worker.Get<GroupService>().PutAsync(group, "Drivers", Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<GroupService>().AddMemberAsync(group, user, null, By.Hand, CancellationToken.None);
        Assert.Empty(await world.CheckAsync());

        var users = new Damage(world, StorageNames.Tables.Users);
        await users.IsNamedAsync("the row that finds a user is missing", "N!ada!", row => null);
        await users.IsNamedAsync("the row that finds a user is missing", "B!", row => null);
        await users.IsNamedAsync("the row finds a user who is not so", "U!", row => Changed(row, "lastName", "King"));
        await users.IsNamedAsync("the row finds a user who is not so", "U!", row => Changed(row, "branchId", "south"));
        await users.IsNamedAsync("shows another state of the user", "N!", row => Changed(row, "email", "eve@example.org"));
        await users.IsNamedAsync("which nobody has claimed", "ada", row => null);
        await users.IsNamedAsync("which u-2 has claimed", "ada", row => Changed(row, "userId", "u-2"));
        await new Damage(world, StorageNames.Tables.Directory).IsNamedAsync("which is not there", "north", row => null);
        await new Damage(world, StorageNames.Tables.Directory).IsNamedAsync("is open to a branch that is not there", "north", row => null);
        await new Damage(world, StorageNames.Tables.Members).IsNamedAsync("counts 2 members of shard", "z!", row => Changed(row, "count", 2));
    }

    [Fact]
    public async Task Names_a_completion_that_was_used_but_not_kept_or_awarded_for_but_not_used()
    {
        await using var scene = await CompletionScene.SetAsync();
        await scene.ApplyAsync(scene.World.StartWorker());
        Assert.Empty(await scene.World.CheckAsync());

        var awards = new Damage(scene.World, StorageNames.Tables.Awards);
        await awards.IsNamedAsync("was used, but is not kept", AwardKeys.OfCompletion(scene.Completion), row => null);
        await awards.IsNamedAsync("was awarded for it, but it was not used", AwardKeys.Mark(scene.Completion, scene.New), row => null);
        await awards.IsNamedAsync("was awarded for it, but it was not used", AwardKeys.Mark(scene.Completion, scene.Renewed), row => null);
        await new Damage(scene.World, StorageNames.Tables.Users).IsNamedAsync("nobody knows the user", $"U!{scene.Completion.UserId}", row => null);
    }

    [Fact]
    public async Task Names_a_mark_of_a_day_on_which_no_award_expires()
    {
        await using var world = await World.CreateAsync();

        await world.Storage.Table(StorageNames.Tables.Awards).AddEntityAsync(new TableEntity("03", "E!2027-01-01!fire-1"));

        Assert.Equal("E!2027-01-01 of fire-1 in shard 3: no award expires then", Assert.Single(await world.CheckAsync()));
    }

    /// <summary>Of more days than fit a row, some are not counted, and their marks stay for ever.</summary>
    [Fact]
    public async Task Names_no_day_that_the_count_does_not_know()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var worker = scene.World.StartWorker();
        await scene.World.Queues.RunToEndAsync(worker);
        var holder = (await scene.World.HoldersAsync(scene.Code))[0];
        var table = scene.World.Storage.Table(StorageNames.Tables.Awards);
        TableEntity row = await table.GetEntityAsync<TableEntity>(AwardKeys.Partition(Shard.Of(holder)), AwardKeys.HolderCount(scene.Code));
        PropertyParts.Write(row, HolderCount.Days, FullOfOtherDays().ToBytes());
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        Assert.Empty(await scene.World.CheckAsync());
        var unassigned = await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), scene.Code.Value, holder.Value, CancellationToken.None);

        Assert.Equal(204, (await TestAnswer.Of(unassigned)).Status);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task Names_a_final_job_that_is_listed_as_active()
    {
        await using var scene = await JobScene.SetAsync();
        var job = Assert.Single(await scene.World.JobsAsync());

        await scene.World.Storage.Table(StorageNames.Tables.Jobs).AddEntityAsync(new TableEntity("jobs", $"A!{job.Id}"));

        Assert.Contains("still listed as active", Assert.Single(await scene.World.CheckAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_job_that_nothing_will_move_on()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        Assert.Empty(await scene.World.CheckAsync());

        await scene.World.Queues.TakeAsync();
        Assert.Empty(await scene.World.CheckAsync());

        Assert.Contains("no message is in flight", Assert.Single(await StoreCheck.RunAsync(scene.World.Storage)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_a_poison_message_that_nobody_explains()
    {
        await using var world = await World.CreateAsync();

        await world.Queues.SendAsync(StorageNames.Queues.JobRunsPoison, "what is this");

        Assert.Equal("An unexplained message lies in job-runs-poison: what is this", Assert.Single(await world.CheckAsync()));
    }

    private static ExpiryDays FullOfOtherDays()
    {
        var days = new ExpiryDays();
        List<DateOnly> others = [.. Enumerable.Range(0, ExpiryDays.MostDays).Select(new DateOnly(1990, 1, 1).AddDays)];
        others.ForEach(day => days.Add(day, +1));
        others.ForEach(day => days.Add(day, -1));
        return days;
    }

    private static ExpiryMonths Others()
    {
        var months = new ExpiryMonths();
        months.Add(new DateOnly(2028, 11, 24), +3);
        return months;
    }

    private static TableEntity Changed(TableEntity row, string property, object value) => new(row) { [property] = value };

    /// <summary>Spoils one row, has the store checked, and puts the row back.</summary>
    private sealed class Damage(World world, string tableName)
    {
        private readonly TableClient table = world.Storage.Table(tableName);

        /// <param name="finding">What must be said about it.</param>
        /// <param name="prefix">How the key of the row begins.</param>
        /// <param name="spoil">Null: the row is deleted.</param>
        public async Task IsNamedAsync(string finding, string prefix, Func<TableEntity, TableEntity?> spoil)
        {
            var row = await table.QueryAsync<TableEntity>($"RowKey ge '{prefix}' and RowKey lt '{prefix}~'").FirstAsync();
            await (spoil(row) is { } spoilt
                ? table.UpsertEntityAsync(spoilt, TableUpdateMode.Replace)
                : table.DeleteEntityAsync(row.PartitionKey, row.RowKey));
            var found = await world.CheckAsync();
            await table.UpsertEntityAsync(row, TableUpdateMode.Replace);
            Assert.Contains(found, line => line.Contains(finding, StringComparison.Ordinal));
        }
    }
}
