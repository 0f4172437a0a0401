using System.Text;
using CertFunctions.Client;
using CertFunctions.Client.Models;
using CertFunctions.TestWorlds.LocalHost;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;

namespace CertFunctions.EndToEnd.Tests.ApiDescriptions;

/// <summary>README's tour, by a client that was generated from the description.</summary>
public sealed class TypedClientTests(TypedClientTests.Demo demo) : IClassFixture<TypedClientTests.Demo>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CertFunctionsClient Client => demo.Client;

    [Fact]
    public async Task The_tour_is_made_without_a_word_of_json()
    {
        var certifications = Client.Api.Certifications;
        await AwardAsync();
        await AwardManyAsync();

        Assert.Contains((await certifications.GetAsync(cancellationToken: Cancellation))!.Items!, one => one is { Code: "FIRST-AID", AwardedTo: >= 3 });
        var firstAid = certifications["FIRST-AID"].Awards;
        Assert.Equal(3, (await firstAid.GetAsync(call => call.QueryParameters.Limit = 3, Cancellation))!.Items!.Count);
        Assert.NotNull(await certifications["FIRE-1"].Awards.GetAsync(
            call => (call.QueryParameters.Search, call.QueryParameters.Status) = ("ada", AwardStatus.Valid), Cancellation));

        var edited = await firstAid["u-1"].PatchAsync(new AwardEdit { AlwaysValid = true, Reason = "trainer" }, cancellationToken: Cancellation);
        Assert.Equal((true, null), (edited!.AlwaysValid, edited.ExpiresOn));
        await firstAid["u-1"].DeleteAsync(call => call.QueryParameters.Reason = "left", Cancellation);
        var history = await firstAid["u-1"].History.GetAsync(cancellationToken: Cancellation);
        Assert.Equal([AwardChange.Revoked, AwardChange.Updated], history!.Items!.Take(2).Select(version => version.Change!.Value));

        await CompleteAsync();
        await ImportAsync();
        Assert.True((await Client.Api.Audit.Verify.GetAsync(cancellationToken: Cancellation))!.Intact);
    }

    [Fact]
    public async Task An_error_is_a_problem_with_its_code()
    {
        var thrown = await Assert.ThrowsAsync<Problem>(() => Client.Api.Certifications["NOPE"].GetAsync(cancellationToken: Cancellation));

        Assert.Equal((404, ErrorCode.Certification_not_found), (thrown.ResponseStatusCode, thrown.Code));
    }

    private async Task AwardAsync()
    {
        var done = await Client.Api.Certifications["FIRST-AID"].Awards.PostAsync(
            new AwardUsersInput { Users = ["u-1", "u-2", "u-3"], Reason = "course in May" }, cancellationToken: Cancellation);

        Assert.Equal((JobStatus.Completed, 3), (done!.Status, done.Results!.Count));
    }

    private async Task AwardManyAsync()
    {
        var job = await Client.Api.Certifications["GDPR"].Awards.PostAsync(
            new AwardUsersInput { Branches = ["acme"], IncludeSubBranches = true }, call => call.Headers.Add("Idempotency-Key", "gdpr-2026"), Cancellation);

        var finished = await UntilFinishedAsync(job!.Id!);
        Assert.Equal(JobStatus.Completed, finished.Status);
        var results = await Client.Api.Jobs[job.Id!].Results.GetAsync(call => call.QueryParameters.Limit = 5, Cancellation);
        Assert.All(results!.Items!, result => Assert.Equal(Outcome.Awarded, result.Outcome));
    }

    private async Task CompleteAsync()
    {
        var api = Client.Api;
        await api.ExternalTrainings["RESCUE"].PutAsync(new ExternalTrainingInput { Title = "Rescue with ropes" }, cancellationToken: Cancellation);
        var rescue = new Activity { Type = ActivityType.ExternalTraining, Id = "RESCUE" };
        await api.Certifications["ROPES"].PutAsync(
            new CertificationInput { Title = "Rope rescuer", Validity = new Validity { Value = 1, Unit = ValidityUnit.Years }, Activities = [rescue] },
            cancellationToken: Cancellation);

        var completion = await api.ExternalTrainings["RESCUE"].Completions.PostAsync(
            new CompletionInput { UserId = "u-4", CompletedOn = new Date(2026, 11, 20) }, cancellationToken: Cancellation);
        Assert.Equal(("ROPES", Outcome.Awarded), completion!.Awards!.Select(award => (award.CertificationCode, award.Outcome!.Value)).Single());

        await api.Certifications["ROPES-PRO"].PutAsync(new CertificationInput { Title = "Rope professional", Activities = [rescue] }, cancellationToken: Cancellation);
        var job = await api.Certifications["ROPES-PRO"].RetroactiveAwards.PostAsync(new RetroactiveInput(), cancellationToken: Cancellation);
        Assert.Equal(1, (await UntilFinishedAsync(job!.Id!)).Awarded);
    }

    private async Task ImportAsync()
    {
        using var file = new MemoryStream("""
            username,certification_code,certification_issue_date,always_valid,type,certification_expire_date
            alan.archer,FIRE-1,2026-11-02,no,manual,2031-11-02
            nobody.here,FIRE-1,2026-11-02,yes,manual,
            """u8.ToArray());
        var job = await Client.Api.Imports.PostAsync(
            file,
            call => (call.QueryParameters.Kind, call.QueryParameters.Name) = (CertFunctions.Client.Api.Imports.PostKindQueryParameterType.Awards, "november.csv"),
            Cancellation);
        Assert.Equal((1, 1), await UntilFinishedAsync(job!.Id!) is var finished ? (finished.Failed, finished.Processed - finished.Failed) : default);

        using var report = new StreamReader((await Client.Api.Jobs[job.Id!].Report.GetAsync(cancellationToken: Cancellation))!, Encoding.UTF8);
        Assert.Contains("user_not_found", await report.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    private async Task<Job> UntilFinishedAsync(string id)
    {
        while (true)
        {
            var job = (await Client.Api.Jobs[id].GetAsync(cancellationToken: Cancellation))!;
            if (job.FinishedAt is not null)
            {
                return job;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancellation);
        }
    }

    /// <summary>The demo organisation, and a client of it.</summary>
    public sealed class Demo : IAsyncLifetime
    {
        private HostProcess? host;
        private HttpClientRequestAdapter? adapter;

        public CertFunctionsClient Client => new(adapter!);

        public async ValueTask InitializeAsync()
        {
            host = await HostProcess.StartAsync(new HostProcessOptions { IsDemo = true });
            await host.UntilLoggedAsync("Ctrl+C stops everything.");
            var address = host.Client.BaseAddress!.ToString().TrimEnd('/');
            adapter = new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: host.Client) { BaseUrl = address };
        }

        public async ValueTask DisposeAsync()
        {
            adapter?.Dispose();
            await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}
