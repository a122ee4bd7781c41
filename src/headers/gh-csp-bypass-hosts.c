/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables and their search. Which host serves what under which path are facts collected by
 * the makers of CSP Evaluator (https://github.com/google/csp-evaluator, Apache-2.0, release
 * 1.1.8), found in surveys of the web until 2018. Ordered by the names read backwards, so that
 * all hosts below one domain stand together; rank keeps the order in which they were published. */

#include "gh-csp-bypass-hosts.h"

#include <string.h>

/* clang-format off */
static const GhCspBypassHost jsonp_hosts[] = {
  { "www.meteoprog.ua", "/data/weather/informer/Poltava.js", 60, FALSE },
  { "pass.yandex.ua", "/services", 38, FALSE },
  { "pro.netrox.sc", "/oapi/h_checksite.ashx", 32, FALSE },
  { "maps.google.de", "/maps/vt", 78, FALSE },
  { "www.google.de", "/maps/vt", 99, FALSE },
  { "h.cackle.me", "/widget/32153/bootstrap", 70, FALSE },
  { "i.cackle.me", "/widget/32586/bootstrap", 116, FALSE },
  { "se.wikipedia.org", "/w/api.php", 74, FALSE },
  { "plugins.mozilla.org", "/en-us/plugins_list.json", 69, FALSE },
  { "nominatim.openstreetmap.org", "/", 68, FALSE },
  { "bebezoo.1688.com", "/fragment/index.htm", 0, FALSE },
  { "offer.alibaba.com", "/market/CID100002954/5/fetchKeyword.do", 6, FALSE },
  { "fast.wistia.com", "/embed/medias/o75jtw7654.json", 90, FALSE },
  { "afpeng.alimama.com", "/ex", 15, FALSE },
  { "pubsub.pubnub.com", "/subscribe/demo/hello_world/", 37, FALSE },
  { "de.blog.newrelic.com", "/wp-admin/admin-ajax.php", 34, FALSE },
  { "widget.admitad.com", "/widget/init", 94, FALSE },
  { "tr.indeed.com", "/m/newjobs", 81, FALSE },
  { "community.adobe.com", "/CommunityPod/getJSON", 63, FALSE },
  { "gdata.youtube.com", "/feeds/api/videos/WsJIHN1kNWc", 107, FALSE },
  { "www.youtube.com", "/profile_style", 22, FALSE },
  { "fellowes.ugc.bazaarvoice.com", "/data/reviews.json", 72, FALSE },
  { "api.userlike.com", "/api/chat/slot/proactive/", 101, FALSE },
  { "clients1.google.com", "/complete/search", 100, FALSE },
  { "cse.google.com", "/api/007627024705277327428/cse/r3vs7b0fcli/queries/js", 75, FALSE },
  { "translate.google.com", "/translate_a/l", 11, FALSE },
  { "9.chart.apis.google.com", "/chart", 108, FALSE },
  { "books.google.com", "/books", 79, FALSE },
  { "maps.google.com", "/maps/vt", 44, FALSE },
  { "accounts.google.com", "/o/oauth2/revoke", 16, FALSE },
  { "www.google.com", "/tools/feedback/escalation-options", 4, FALSE },
  { "a.config.skype.com", "/config/v1/Skype/908_1.33.0.111/SkypePersonalization", 57, FALSE },
  { "cdn.syndication.twimg.com", "/widgets/timelines/599200054310604802", 61, FALSE },
  { "data.gongchang.com", "/livegrail/", 53, FALSE },
  { "tj.gongchang.com", "/api/keywordrecomm/", 52, FALSE },
  { "graph.facebook.com", "/1/", 71, FALSE },
  { "api.facebook.com", "/restserver.php", 19, FALSE },
  { "www.facebook.com", "/restserver.php", 85, FALSE },
  { "api.vk.com", "/method/wall.get", 29, FALSE },
  { "api.mixpanel.com", "/track/", 104, FALSE },
  { "api.instagram.com", "/v1/tags/partykungen23328/media/recent", 95, FALSE },
  { "detector.alicdn.com", "/2.7.3/index.php", 9, FALSE },
  { "pagead2.googlesyndication.com", "/relatedsearch", 17, FALSE },
  { "pin.aliyun.com", "/check_audio", 5, FALSE },
  { "suggest.taobao.com", "/sug", 10, FALSE },
  { "vimeo.com", "/api/oembed.json/", 33, FALSE },
  { "gum.criteo.com", "/sync", 43, FALSE },
  { "www.panoramio.com", "/map/get_panoramas.php", 83, FALSE },
  { "video.media.yql.yahoo.com", "/v1/video/sapi/streams/063fb76c-6c70-38c5-9bbc-04b7c384de2b", 96, FALSE },
  { "wb.amap.com", "/channel.php", 13, FALSE },
  { "wpd.b.qq.com", "/cgi/get_sign.php", 105, FALSE },
  { "googletagmanager.com", "/gtm/js", 23, TRUE },
  { "www.googletagmanager.com", "/gtm/js", 28, TRUE },
  { "www.blogger.com", "/feeds/5578653387562324002/posts/summary/4427562025302749269", 112, FALSE },
  { "publish.twitter.com", "/oembed", 89, FALSE },
  { "syndication.twitter.com", "/widgets/timelines/765840589183213568", 21, FALSE },
  { "cdn.syndication.twitter.com", "/moments/709229296800440320", 109, FALSE },
  { "api.flickr.com", "/services/feeds/photos_friends.gne", 110, FALSE },
  { "ssl.google-analytics.com", "/gtm/js", 36, TRUE },
  { "www.google-analytics.com", "/gtm/js", 1, TRUE },
  { "partner.googleadservices.com", "/gampad/ads", 91, FALSE },
  { "www.googleadservices.com", "/pagead/conversion/1070110417/wcm", 3, TRUE },
  { "m.addthis.com", "/live/red_lojson/100eng.json", 40, FALSE },
  { "www.sharethis.com", "/get-publisher-info.php", 30, FALSE },
  { "cbks0.googleapis.com", "/cbk", 111, FALSE },
  { "mts0.googleapis.com", "/maps/vt", 20, FALSE },
  { "mts1.googleapis.com", "/mapslt/ft", 88, FALSE },
  { "mt1.googleapis.com", "/mapslt/ft", 103, FALSE },
  { "translate.googleapis.com", "/translate_a/l", 14, FALSE },
  { "maps.googleapis.com", "/maps/api/js/GeoPhotoService.GetMetadata", 56, FALSE },
  { "www.googleapis.com", "/freebase/v1/topic/m/0344_", 87, FALSE },
  { "ajax.googleapis.com", "/ajax/services/search/news", 35, FALSE },
  { "pipes.yahooapis.com", "/pipes/pipe.run", 106, FALSE },
  { "query.yahooapis.com", "/v1/public/yql", 113, FALSE },
  { "group.aliexpress.com", "/ajaxAcquireGroupbuyProduct.do", 8, FALSE },
  { "c1n2.hypercomments.com", "/stream/subscribe", 120, FALSE },
  { "c1n3.hypercomments.com", "/stream/subscribe", 77, FALSE },
  { "autocomplete.travelpayouts.com", "/avia", 86, FALSE },
  { "www.travelpayouts.com", "/widgets/50f53ce9ada1b54bcc000031.json", 115, FALSE },
  { "links.services.disqus.com", "/api/ping", 50, FALSE },
  { "ib.adnxs.com", "/jpt", 97, FALSE },
  { "www-onepick-opensocial.googleusercontent.com", "/gadgets/proxy", 82, FALSE },
  { "kecngantang.blogspot.com", "/feeds/posts/default/-/Komik", 114, FALSE },
  { "client.siteheart.com", "/streamcli/client", 84, FALSE },
  { "widgets.pinterest.com", "/v3/pidgets/boards/ciciwin/hedgehog-squirrel-crafts/pins/", 73, FALSE },
  { "gupiao.baidu.com", "/stocks/stockbets", 93, FALSE },
  { "api.map.baidu.com", "/", 51, FALSE },
  { "www.youku.com", "/index_cookielist/s/jsonp", 102, FALSE },
  { "pass.yandex.com", "/services", 98, FALSE },
  { "a.tiles.mapbox.com", "/v3/zentralmedia.map-n2raeauc.jsonp", 118, FALSE },
  { "c.tiles.mapbox.com", "/v3/texastribune.tx-congress-cvap/6/15/26.grid.json", 47, FALSE },
  { "ccrprod.alipay.com", "/ccr/arriveTime.json", 7, FALSE },
  { "ynuf.alipay.com", "/service/um.json", 45, FALSE },
  { "count.tbcdn.cn", "//counter3", 12, FALSE },
  { "relap.io", "/api/v2/similar_pages_jsonp.js", 76, FALSE },
  { "dev.virtualearth.net", "/REST/V1/Imagery/Metadata/AerialWithLabels/26.318581", 65, FALSE },
  { "a248.e.akamai.net", "/h5.hulu.com/h5.mp4", 67, FALSE },
  { "securepubads.g.doubleclick.net", "/gampad/ads", 46, FALSE },
  { "googleads.g.doubleclick.net", "/pagead/conversion/1036918760/wcm", 2, FALSE },
  { "target.ukr.net", "/", 59, FALSE },
  { "cdn.jsdelivr.net", "/", 122, FALSE },
  { "d1f69o4buvlrj5.cloudfront.net", "/__efa_15_1_ornpba.xekq.arg/optout_check", 27, FALSE },
  { "share.yandex.net", "/counter/gpp/", 25, FALSE },
  { "translate.yandex.net", "/api/v1.5/tr.json/detect", 117, FALSE },
  { "google.ru", "/maps/vt", 31, FALSE },
  { "maps.google.ru", "/maps/vt", 119, FALSE },
  { "maps.beeline.ru", "/w", 58, FALSE },
  { "ok.go.mail.ru", "/lady_on_lady_recipes_r.json", 26, FALSE },
  { "connect.mail.ru", "/share_count", 80, FALSE },
  { "ulogin.ru", "/token.php", 54, FALSE },
  { "rexchange.begun.ru", "/banners", 48, FALSE },
  { "beta.gismeteo.ru", "/api/informer/layout.js/120x240-3/ru/", 55, FALSE },
  { "wslocker.ru", "/client/user.chk.php", 62, FALSE },
  { "id.rambler.ru", "/script/topline_info.js", 39, FALSE },
  { "passport.ngs.ru", "/ajax/check", 41, FALSE },
  { "catalog.api.2gis.ru", "/ads/search", 42, FALSE },
  { "yandex.ru", "/soft/browsers/check", 18, FALSE },
  { "mc.yandex.ru", "/watch/24306916/1", 24, FALSE },
  { "rec.ydf.yandex.ru", "/cookie", 121, FALSE },
  { "an.yandex.ru", "/page/147484", 49, FALSE },
  { "awaps.yandex.ru", "/10/8938/02400400.", 66, FALSE },
  { "pass.yandex.ru", "/services", 92, FALSE },
  { "maps.google.lv", "/maps/vt", 64, FALSE },
};

static const GhCspBypassHost angular_hosts[] = {
  { "reports.zemanta.com", "/smedia/common/angularjs/1.2.11/angular.js", 18, FALSE },
  { "askgithub.com", "/static/js/angular.min.js", 29, FALSE },
  { "gstatic.com", "/fsn/angular_js-bundle1.js", 0, FALSE },
  { "www.gstatic.com", "/fsn/angular_js-bundle1.js", 1, FALSE },
  { "www.adobe.com", "/devnet-apps/flashshowcase/lib/angular/angular.1.1.5.min.js", 38, FALSE },
  { "andors-trail.googlecode.com", "/git/AndorsTrailEdit/lib/angular.min.js", 23, FALSE },
  { "cdn.walkme.com", "/General/EnvironmentTests/angular/angular.min.js", 24, FALSE },
  { "cdnjs.cloudflare.com", "/ajax/libs/angular.js/1.2.16/angular.min.js", 15, FALSE },
  { "art.jobs.netease.com", "/script/angular.js", 6, FALSE },
  { "laundrymail.com", "/angular/angular.js", 25, FALSE },
  { "96fe3ee995e96e922b6b-d10c35bd0a0de2c718b252bc575fdb73.ssl.cf1.rackcdn.com", "/angular.js", 16, FALSE },
  { "eb2883ede55c53e09fd5-9c145fb03d93709ea57875d307e2d82e.ssl.cf3.rackcdn.com", "/components/angular-resource.min.js", 22, FALSE },
  { "oss.maxcdn.com", "/angularjs/1.2.20/angular.min.js", 17, FALSE },
  { "csu-c45.kxcdn.com", "/angular/angular.js", 7, FALSE },
  { "services.amazon.com", "/solution-providers/assets/vendor/angular-cookies.min.js", 30, FALSE },
  { "gift-talk.kakao.com", "/public/javascripts/angular.min.js", 10, FALSE },
  { "pangxiehaitao.com", "/framework/angular-1.3.9/angular-animate.min.js", 14, FALSE },
  { "eternal-sunset.herokuapp.com", "/bower_components/angular/angular.js", 39, FALSE },
  { "collade.demo.stswp.com", "/js/vendor/angular.min.js", 27, FALSE },
  { "static.tumblr.com", "/x5qdx0r/nPOnngtff/angular-resource.min_1_.js", 34, FALSE },
  { "www.googleadservices.com", "/pageadimg/imgad", 2, FALSE },
  { "storage.googleapis.com", "/assets-prod.urbansitter.net/us-sym/assets/vendor/angular-sanitize/angular-sanitize.min.js", 35, FALSE },
  { "ajax.googleapis.com", "/ajax/libs/angularjs/1.2.0rc1/angular-route.min.js", 11, FALSE },
  { "cdn.bootcss.com", "/angular.js/1.2.0/angular.min.js", 40, FALSE },
  { "parademanagement.com.s3-website-ap-southeast-1.amazonaws.com", "/js/angular.min.js", 20, FALSE },
  { "s3-eu-west-1.amazonaws.com", "/staticancpa/js/angular-cookies.min.js", 26, FALSE },
  { "elysiumwebsite.s3.amazonaws.com", "/uploads/blog-media/rockstar/angular.min.js", 8, FALSE },
  { "raw.githubusercontent.com", "/angular/code.angularjs.org/master/1.0.7/angular-resource.js", 31, FALSE },
  { "dl.dropboxusercontent.com", "/u/30877786/angular.min.js", 33, FALSE },
  { "prb-resume.appspot.com", "/bower_components/angular-animate/angular-animate.js", 32, FALSE },
  { "cdn.shopify.com", "/s/files/1/0225/6463/t/1/assets/angular-animate.min.js", 19, FALSE },
  { "mrfishie.github.io", "/sailor/bower_components/angular/angular.min.js", 28, FALSE },
  { "twitter.github.io", "/labella.js/bower_components/angular/angular.min.js", 36, FALSE },
  { "yuedust.yuedu.126.net", "/js/components/angular/angular.js", 5, FALSE },
  { "yastatic.net", "/angularjs/1.2.23/angular.min.js", 4, FALSE },
  { "ayicommon-a.akamaihd.net", "/static/vendor/angular-1.4.2.min.js", 13, FALSE },
  { "cdn.jsdelivr.net", "/angularjs/1.1.2/angular.min.js", 21, FALSE },
  { "inno.blob.core.windows.net", "/new/libs/AngularJS/1.2.1/angular.min.js", 9, FALSE },
  { "cdn2-casinoroom.global.ssl.fastly.net", "/js/lib/angular-animate.min.js", 37, FALSE },
  { "yandex.st", "/angularjs/1.2.16/angular-cookies.min.js", 3, FALSE },
  { "master-sumok.ru", "/vendors/angular/angular-cookies.js", 12, FALSE },
};

static const GhCspBypassHost flash_hosts[] = {
  { "vk.com", "/swf/video.swf", 0, FALSE },
  { "ajax.googleapis.com", "/ajax/libs/yui/2.8.0r4/build/charts/assets/charts.swf", 1, FALSE },
};
/* clang-format on */

static const struct
{
  const GhCspBypassHost *hosts;
  gsize n_hosts;
} tables[GH_CSP_N_BYPASSES] = {
  [GH_CSP_BYPASS_JSONP] = { jsonp_hosts, G_N_ELEMENTS (jsonp_hosts) },
  [GH_CSP_BYPASS_ANGULAR] = { angular_hosts, G_N_ELEMENTS (angular_hosts) },
  [GH_CSP_BYPASS_FLASH] = { flash_hosts, G_N_ELEMENTS (flash_hosts) },
};

/* Compares backwards; 0 when name ends with suffix. */
static int
compare_suffix (const char *name, gsize length, const char *suffix, gsize suffix_length)
{
  for (gsize i = 1; i <= suffix_length; i++)
    {
      if (i > length)
        return -1;
      if (name[length - i] != suffix[suffix_length - i])
        return (guchar) name[length - i] < (guchar) suffix[suffix_length - i] ? -1 : 1;
    }

  return 0;
}

/* The first entry that does not stand before the suffix. */
static gsize
find_first (const GhCspBypassHost *hosts, gsize n_hosts, const char *suffix, gsize suffix_length)
{
  gsize low = 0;
  gsize high = n_hosts;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      const char *name = hosts[middle].host;

      if (compare_suffix (name, strlen (name), suffix, suffix_length) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* A path that ends with "/" stands for all below it, "/" alone for all. */
static gboolean
path_covers (const char *path, gsize length, const char *entry)
{
  if (length == 0 || path[length - 1] == '/')
    return length <= 1 || strncmp (entry, path, length) == 0;

  return strlen (entry) == length && memcmp (entry, path, length) == 0;
}

const GhCspBypassHost *
gh_csp_bypass_hosts_lookup (GhCspBypass kind,
                            const char *host,
                            gsize host_length,
                            gboolean wildcard,
                            const char *path,
                            gsize path_length)
{
  const GhCspBypassHost *hosts = tables[kind].hosts;
  gsize n_hosts = tables[kind].n_hosts;
  const GhCspBypassHost *found = NULL;

  for (gsize i = find_first (hosts, n_hosts, host, host_length); i < n_hosts; i++)
    {
      gsize length = strlen (hosts[i].host);

      if (compare_suffix (hosts[i].host, length, host, host_length) != 0)
        break;
      if ((wildcard || length == host_length) && path_covers (path, path_length, hosts[i].path)
          && (found == NULL || hosts[i].rank < found->rank))
        found = &hosts[i];
    }

  return found;
}

const GhCspBypassHost *
gh_csp_bypass_hosts_get_table (GhCspBypass kind, gsize *n_hosts)
{
  *n_hosts = tables[kind].n_hosts;

  return tables[kind].hosts;
}
