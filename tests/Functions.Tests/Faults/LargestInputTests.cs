using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Every text as long as it may be, and of letters that take the most room: what the guard of transactions refuses is never sent.</summary>
public sealed class LargestInputTests
{
    /// <summary>Two UTF-16 units, four bytes of UTF-8, twelve characters where JSON escapes it.</summary>
    private const string Widest = "\U0001F600";

    /// <summary>All that are awarded before the answer, and all in one shard: the fullest transactions there are.</summary>
    private const int Users = Limits.UsersDoneBeforeAnswer;

    [Fact]
    public async Task The_longest_texts_that_are_taken_can_be_awarded_edited_renamed_listed_and_unassigned()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        var users = Seed.IdsIn(Shard.Numbered(3), Users, new string('u', LmsId.MaxLength - 5));
        await Task.WhenAll(users.Select((id, index) => PutAsync(worker, id, index)));
        var training = LmsId.Parse(new string('t', LmsId.MaxLength));
        await worker.Get<ExternalTrainingService>().PutAsync(training, Longest(Limits.TitleLength), Longest(Limits.DescriptionLength), Precondition.None, By.Hand, CancellationToken.None);
        var code = await world.Seed.AddCertificationAsync(new string('C', CertificationCode.MaxLength), same => same with { Title = Longest(Limits.TitleLength) });
        var association = new { type = "externalTraining", activityId = training.Value };

        var awarded = await worker.PostAsync(code, JsonSerializer.Serialize(new
        {
            users = users.Select(id => id.Value),
            issuedOn = "2026-11-24",
            expiresOn = "2028-11-24",
            association,
            reason = Longest(Limits.ReasonLength),
        }));
        await PutAsync(worker, users[0], Users);
        var edited = await TestAnswer.Of(await worker.Get<EditAward>().Run(
            TestRequest.Patch("/api", JsonSerializer.Serialize(new { alwaysValid = true, association, reason = Longest(Limits.ReasonLength) })),
            code.Value, users[0].Value, CancellationToken.None));
        var listed = await TestAnswer.Of(await worker.Get<ListAwards>().Run(TestRequest.Get($"/api/certifications/{code}/awards?limit=200"), code.Value, CancellationToken.None));
        var gone = await TestAnswer.Of(await worker.Get<UnassignAward>().Run(
            TestRequest.Delete($"/api?reason={Uri.EscapeDataString(Longest(Limits.ReasonLength))}"), code.Value, users[1].Value, CancellationToken.None));

        Assert.Equal((200, 200, 200, 204), (awarded.Status, edited.Status, listed.Status, gone.Status));
        Assert.Equal(new JobCounts(Awarded: Users), Assert.Single(await world.JobsAsync()).Counts);
        Assert.Equal(Users, listed.Json.GetProperty("items").GetArrayLength());
        Assert.Equal(Longest(Limits.NameLength), edited.Json.GetProperty("lastName").GetString());
        Assert.Empty(await world.CheckAsync());

        // The emulator, which all tests share, writes all that it has to disk again and again.
        await Task.WhenAll(world.Storage.Table(StorageNames.Tables.Awards).DeleteAsync(), world.Storage.Table(StorageNames.Tables.Users).DeleteAsync());
    }

    private static async Task PutAsync(Worker worker, LmsId id, int number)
    {
        var username = Longest(Limits.UsernameLength - 5) + $"{number:d5}";
        var edit = new UserEdit(username, Longest(Limits.NameLength), Longest(Limits.NameLength), null, null, true);
        var put = await worker.Get<UserService>().PutAsync(id, edit, Precondition.None, at: null, By.Hand, CancellationToken.None);
        Assert.IsType<Outcome<Change<User>>.Done>(put);
    }

    private static string Longest(int codePoints) => string.Concat(Enumerable.Repeat(Widest, codePoints));
}
