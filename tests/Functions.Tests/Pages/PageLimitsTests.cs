using System.Globalization;
using System.Text;
using CertFunctions.Core;
using CertFunctions.Functions.Pages.Awarding;
using CertFunctions.Functions.Pages.Importing;
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
}
