/**
 * A region of the service tags. `tag` is the part after the dot in a tag's name, `region` what its field `region` says, which is a short name for
 * some, `id` its `regionId`. `machineLearning`: the prefixes of its Azure Machine Learning tag where they are Azure's; the others are made up.
 */
export type TagRegion = { tag: string; region: string; id: number; machineLearning?: { changeNumber: number; prefixes: string } };

function known(tag: string, id: number, changeNumber: number, prefixes: string): TagRegion {
  return { tag, region: tag.toLowerCase(), id, machineLearning: { changeNumber, prefixes } };
}

function madeUp(line: string): TagRegion[] {
  return line.split(" ").map((one) => {
    const [tag = "", id = "", region = tag.toLowerCase()] = one.split(":");
    return { tag, region, id: Number(id) };
  });
}

/** The tenant's regions and two of Asia with their Azure Machine Learning prefixes as published in autumn 2025; further ones by name and number alone. */
export const tagRegions: TagRegion[] = [
  known(
    "EastUS",
    32,
    3,
    "20.42.0.240/28 20.62.135.208/28 40.71.11.64/28 40.78.227.32/28 40.79.154.64/28 48.211.42.128/27 48.211.42.160/28 52.255.214.109/32 52.255.217.127/32 2603:1030:210:1::2c0/122",
  ),
  known("WestUS", 37, 2, "13.86.195.35/32 13.87.160.129/32 20.66.6.48/28 40.82.248.80/28 40.112.242.176/28 2603:1030:a07::300/122"),
  known(
    "EastUS2",
    33,
    4,
    "20.41.0.240/28 20.62.61.128/28 20.98.195.64/27 40.70.146.192/28 40.70.154.161/32 52.167.106.160/28 52.177.164.219/32 104.208.144.160/28 2603:1030:40c:1::2c0/122 2603:1030:40c:e::700/122",
  ),
  known(
    "CentralUS",
    31,
    3,
    "13.89.171.64/28 20.37.152.240/28 20.40.231.32/28 52.182.139.32/28 52.185.70.56/32 52.242.224.215/32 104.208.16.160/28 2603:1030:10:1::2c0/122",
  ),
  known(
    "WestUS2",
    38,
    2,
    "13.66.140.80/28 20.42.129.16/28 20.51.14.48/28 40.78.242.176/28 40.78.250.112/28 40.91.77.76/32 52.148.163.43/32 2603:1030:c06:1::2c0/122",
  ),
  known(
    "WestCentralUS",
    36,
    3,
    "13.71.194.240/28 20.69.1.240/28 52.150.136.80/28 52.253.131.79/32 52.253.131.198/32 2603:1030:b04::300/122",
  ),
  known(
    "WestEurope",
    18,
    2,
    "13.69.64.192/28 13.69.106.192/28 20.86.88.160/28 40.74.24.96/28 51.105.129.135/32 51.144.184.47/32 52.236.186.192/28 2603:1020:206:1::2c0/122",
  ),
  known(
    "NorthEurope",
    17,
    2,
    "13.69.227.192/28 13.74.107.160/28 20.38.80.96/28 20.82.244.0/28 52.138.226.160/28 52.155.90.254/32 52.156.193.50/32 2603:1020:5:1::2c0/122",
  ),
  known(
    "UKSouth",
    27,
    2,
    "51.11.24.49/32 51.104.8.64/27 51.104.24.96/28 51.105.67.16/28 51.105.75.128/28 51.140.146.208/28 51.143.214.32/28 52.151.111.249/32 2603:1020:705:1::2c0/122",
  ),
  known("UKWest", 28, 1, "51.137.161.224/28 51.140.210.208/28 2603:1020:605::300/122"),
  known(
    "SoutheastAsia",
    2,
    2,
    "13.67.8.224/28 20.43.128.112/28 20.195.69.64/28 23.98.82.192/28 40.78.234.128/28 40.90.184.249/32 52.230.56.136/32 2603:1040:5:1::2c0/122",
  ),
  known(
    "EastAsia",
    1,
    3,
    "13.75.36.16/28 20.189.106.80/28 20.195.75.48/28 20.195.75.96/27 40.81.27.228/32 52.184.87.76/32 2603:1040:207::300/122",
  ),
  ...madeUp(
    "AustraliaCentral:58 AustraliaEast:3 AustraliaSoutheast:4 AustriaEast:95 BelgiumCentral:97 BrazilSouth:9 BrazilSoutheast:77:brazilse CanadaCentral:11 CanadaEast:12 CentralIndia:21 FranceCentral:19:centralfrance FranceSouth:20:southfrance GermanyNorth:72:germanyn GermanyWestCentral:71:germanywc IndonesiaCentral:6 IsraelCentral:85 ItalyNorth:93 JapanEast:24 JapanWest:25 KoreaCentral:26 KoreaSouth:50 MalaysiaWest:92 MexicoCentral:53 NewZealandNorth:91 NorthCentralUS:34 NorwayEast:63:norwaye NorwayWest:74:norwayw PolandCentral:52 QatarCentral:84 SouthAfricaNorth:82 SouthCentralUS:35 SouthIndia:22 SpainCentral:88 SwedenCentral:76 SwitzerlandNorth:66:switzerlandn SwitzerlandWest:67:switzerlandw UAENorth:60 WestIndia:23 WestUS3:79 ChileCentral:10:chilec",
  ),
];
