using System.Globalization;
using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Pages.Awarding;
using CertFunctions.Functions.Pages.Importing;
using CertFunctions.Functions.Pages.Jobs;
using CertFunctions.Functions.Pages.Users;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Pages;

/// <summary>What forms take, and one more.</summary>
public sealed class PageLimitsTests
{
    [Theory]
    [InlineData(AwardUsersSteps.MostUsers, 200, "Step 2 of 4")]
    [InlineData(AwardUsersSteps.MostUsers + 1, 422, "Choose at most 500 users")]
    public async Task So_many_users_are_chosen_one_by_one(int users, int status, string said)
    {
        await using var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync(Seed.Ids(users));
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var worker = world.StartWorker();
        var form = string.Join('&', Seed.Ids(users).Select(id => $"users={id}").Prepend("step=people&go=next"));

        var request = TestRequest.Of("POST", "/certifications/FIRE-1/awards/new", Encoding.UTF8.GetBytes(form), "application/x-www-form-urlencoded");
        var answer = await TestAnswer.Of(await worker.Get<AwardUsersOnPage>().Run(request, code.Value, CancellationToken.None));

        Assert.Equal(status, answer.Status);
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
        Assert.InRange(worker.Storage.Calls.Count, 1, users / 5);
    }

    [Theory]
    [InlineData(Limits.UploadBytes, 303)]
    [InlineData(Limits.UploadBytes + 1, 422)]
    [InlineData(Limits.UploadBytes + StartImportOnPage.FormBytes, 422)]
    public async Task A_file_is_as_large_as_one_that_is_sent_to_the_api(int bytes, int status)
    {
        await using var world = await World.CreateAsync();
        var file = new byte[bytes];
        Array.Fill(file, (byte)'\n');
        using var content = new MultipartFormDataContent
        {
            { new StringContent("users"), "kind" },
            { new ByteArrayContent(file), "file", "everybody.csv" },
        };

        var request = TestRequest.Of("POST", "/imports", await content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), content.Headers.ContentType!.ToString());
        var answer = await TestAnswer.Of(await world.StartWorker().Get<StartImportOnPage>().Run(request, CancellationToken.None));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 303 ? 1 : 0, (await world.JobsAsync()).Count);
        Assert.Equal(status == 422, answer.Body.Contains(string.Create(CultureInfo.InvariantCulture, $"CSV file is larger than {Limits.UploadBytes >> 20} MB."), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_what_somebody_holds_no_longer_so_many_are_shown_and_it_is_said_where_there_are_more()
    {
        await using var world = await World.CreateAsync();
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var worker = world.StartWorker();
        await Parallel.ForEachAsync(Enumerable.Range(0, Limits.PageSize), TestContext.Current.CancellationToken, async (number, _) => await EndAsync(number));

        Assert.DoesNotContain("These are the first", await ShowAsync(), StringComparison.Ordinal);
        await EndAsync(Limits.PageSize);
        Assert.Contains($"These are the first {Limits.PageSize}.", await ShowAsync(), StringComparison.Ordinal);

        async Task EndAsync(int number)
        {
            var code = await world.Seed.AddCertificationAsync($"C-{number}");
            var store = worker.Get<IAwardStore>();
            await store.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, user)), CancellationToken.None);
            var held = (await store.FindAsync(code, user, CancellationToken.None))!;
            Assert.True(await store.TryWriteAsync(AwardSamples.Revocation(held), CancellationToken.None));
        }

        async Task<string> ShowAsync() =>
            (await TestAnswer.Of(await worker.Get<ShowUser>().Run(TestRequest.Get($"/users/{user}"), user.Value, CancellationToken.None))).Body;
    }

    /// <summary>Whatever else is wrong with the form.</summary>
    [Theory]
    [InlineData(Limits.ReasonLength, 303)]
    [InlineData(Limits.ReasonLength + 1, 422)]
    public async Task A_large_undo_is_offered_as_a_preview_alone_however_the_form_is_refused(int letters, int status)
    {
        await using var world = await World.CreateAsync();
        var users = Seed.Ids(2);
        await world.Seed.AddUsersAsync(users);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        await world.StartWorker().PostAsync(code, AwardRequests.Users(users));
        world.Settings["Limits:ConfirmAbove"] = "1";
        var worker = world.StartWorker();
        var id = Assert.Single(await world.JobsAsync()).Id;

        var form = Encoding.UTF8.GetBytes($"go=plan&reason={new string('a', letters)}");
        var request = TestRequest.Of("POST", $"/jobs/{id}/undo", form, "application/x-www-form-urlencoded");
        var answer = await TestAnswer.Of(await worker.Get<UndoJobOnPage>().Run(request, id.Value, CancellationToken.None));

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 422, answer.Body.Contains("value=\"plan\"", StringComparison.Ordinal));
        Assert.DoesNotContain("value=\"undo\"", answer.Body, StringComparison.Ordinal);
    }
}
